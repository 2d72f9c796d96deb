import { setTimeout as delay } from 'node:timers/promises';
import { openLink, type SocketLink } from '../crowd/socket-link.ts';
import type { Person } from './people.ts';

const connectMsMax = 30_000;
const comeAgainMs = 4_000;
const answerMsMax = 30_000;
const triesMax = 40;
/** A script asks again at once; a page waits as it is told, and a little more. */
const botRetryMs = 100;
const jitterMs = 100;

export type Outcome = 'claimed' | 'sold_out' | 'not_connected' | 'gave_up' | string;

/** Whoever is turned away comes again until the sale opens. */
export async function connect(url: string, person: Person, untilMs: number): Promise<SocketLink | null> {
  do {
    const opened = await openLink({
      url,
      token: person.token,
      forwardedFor: person.address,
      connectTimeoutMs: connectMsMax,
      onClose: () => undefined,
    });
    if (opened.ok) return opened.link;
    await delay(comeAgainMs * (0.5 + Math.random()));
  } while (Date.now() < untilMs);
  return null;
}

/** Presses at their time, and again while they are told to wait. */
export async function press(
  link: SocketLink,
  person: Person,
  { opensAtMs, pass }: { opensAtMs: number; pass: string | undefined },
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
    await delay(person.isBot ? botRetryMs : (answer.retryAfterMs ?? botRetryMs) + Math.random() * jitterMs);
  }
  return 'gave_up';
}
