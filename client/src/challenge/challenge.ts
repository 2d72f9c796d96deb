import type { ChallengeAnswer } from '@flipzon/protocol/challenge-schemas.ts';

const askMsMax = 8_000;

/** Null if none is required, or if it could not be solved here. */
export async function passFor(token: string): Promise<string | null> {
  try {
    const task = await ask<ChallengeAnswer>('GET', token);
    // A captcha is shown by the shop that has chosen one; this page has none.
    if (!task?.required || task.kind !== 'proof_of_work') return null;
    const { challenge = '', bits = 0 } = task;
    const { solveBeside } = await import('./solve-beside.ts');
    const answer = await solveBeside(challenge, bits);
    const passed = await ask<{ pass: string }>('POST', token, { challenge, answer });
    return passed?.pass ?? null;
  } catch {
    return null;
  }
}

async function ask<Answer>(method: string, token: string, body?: object): Promise<Answer | null> {
  const response = await fetch('/challenge', {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(askMsMax),
  });
  return response.ok ? await response.json() : null;
}
