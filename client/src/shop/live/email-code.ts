import { postJson } from './post-json.ts';

/* Signing in with a code by e-mail, as the page asks for it. */

/** The shop itself waits ten seconds for its mail server. */
const answerMsMax = 15_000;

interface Refused<Code extends string> {
  ok: false;
  code: Code;
  retryAfterMs?: number;
}

export type AskForCode = { ok: true } | Refused<'invalid_address' | 'too_many' | 'unreachable'>;
export type EnterCode =
  | { ok: true; token: string }
  | Refused<'wrong_code' | 'code_expired' | 'too_many' | 'unreachable'>;

export async function askForCode(address: string, language: string): Promise<AskForCode> {
  const answer = await post('/auth/email', { address, language });
  if (answer === null) {
    return { ok: false, code: 'unreachable' };
  }
  return answer.status === 202 ? { ok: true } : refused(answer, 'invalid_address');
}

export async function enterCode(code: string): Promise<EnterCode> {
  const answer = await post('/auth/email/code', { code });
  if (answer === null) {
    return { ok: false, code: 'unreachable' };
  }
  const { token } = answer.body;
  if (typeof token === 'string') {
    return { ok: true, token };
  }
  return refused(answer, answer.body.code === 'code_expired' ? 'code_expired' : 'wrong_code');
}

interface Answer {
  status: number;
  body: { token?: unknown; code?: unknown; retryAfterMs?: unknown };
}

function refused<Code extends string>(
  { status, body }: Answer,
  invalid: Code,
): Refused<Code | 'too_many' | 'unreachable'> {
  const retryAfterMs = typeof body.retryAfterMs === 'number' ? body.retryAfterMs : 0;
  if (status === 429) {
    return { ok: false, code: 'too_many', retryAfterMs };
  }
  return { ok: false, code: status === 400 ? invalid : 'unreachable', retryAfterMs };
}

async function post(path: string, body: object): Promise<Answer | null> {
  try {
    const response = await postJson(path, body, answerMsMax);
    return { status: response.status, body: await response.json() };
  } catch {
    return null;
  }
}
