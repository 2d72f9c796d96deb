import { setTimeout as delay } from 'node:timers/promises';
import { openLink, type SocketLink } from '../crowd/customers/socket-link.ts';
import type { Gate } from '../shared/gate.ts';
import type { Person } from './people.ts';

const connectMsMax = 30_000;
const comeAgainMs = 4_000;
const knocksMax = 4;
const answerMsMax = 30_000;
const triesMax = 40;
/** A script asks again at once; a page waits as long as the answer says, and a little more. */
const botRetryMs = 100;
const jitterMs = 100;

export type Outcome = 'claimed' | 'sold_out' | 'not_connected' | 'gave_up' | string;

/** A refused client tries again a few times, and leaves its place to others meanwhile. */
export async function connect(url: string, person: Person, gate: Gate): Promise<SocketLink | null> {
  for (let knock = 1; ; knock++) {
    const opened = await gate.run(() =>
      openLink({
        url,
        token: person.token,
        forwardedFor: person.address,
        connectTimeoutMs: connectMsMax,
        onClose: () => undefined,
      }),
    );
    if (opened.ok) return opened.link;
    if (knock === knocksMax) return null;
    await delay(comeAgainMs * (0.5 + Math.random()));
  }
}

/** Presses at the planned time, and again while the answer says to wait. */
export async function press(
  link: SocketLink,
  person: Person,
  {
    opensAtMs,
    pass,
    onTold,
  }: { opensAtMs: number; pass: string | undefined; onTold: (code: string) => void },
): Promise<Outcome> {
  await delay(Math.max(0, opensAtMs + person.pressesAtMs - Date.now()));
  const request = { requestId: 'one', ...(pass === undefined ? {} : { pass }) };
  for (let attempt = 0; attempt < triesMax; attempt++) {
    const acked = await link.ask('buy', request, answerMsMax);
    if (!acked.ok) return acked.code;
    const answer = acked.payload as { ok: boolean; code?: string; retryAfterMs?: number };
    if (answer.ok) return 'claimed';
    const waits =
      answer.code === 'too_many_requests' ||
      answer.code === 'unavailable' ||
      answer.code === 'sale_not_active';
    if (!waits) return answer.code ?? 'unknown';
    onTold(answer.code ?? 'unknown');
    await delay(person.isBot ? botRetryMs : (answer.retryAfterMs ?? botRetryMs) + Math.random() * jitterMs);
  }
  return 'gave_up';
}
