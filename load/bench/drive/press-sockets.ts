import { setTimeout as delay } from 'node:timers/promises';
import type { SocketLink } from '../../crowd/customers/socket-link.ts';
import { type Pressed, Presses } from './presses.ts';

export interface PressPlan {
  /** Buys of each socket. */
  each: number;
  /** Without waiting for answers in between. */
  atOnce?: boolean;
  /** The sockets before this one do not press. */
  firstSocket?: number;
  /** The first press of each socket falls into this time, evenly; 0: all at once. */
  spreadMs: number;
  /** Makes the request ids of this round its own. */
  round: string;
}

const answerMsMax = 120_000;

export async function pressSockets(links: readonly SocketLink[], plan: PressPlan): Promise<Pressed> {
  const presses = new Presses();
  const pressing = links.slice(plan.firstSocket ?? 0);
  const press = async (link: SocketLink, requestId: string) => {
    const pressedAtMs = performance.now();
    const acked = await link.ask('buy', { requestId }, answerMsMax);
    const answer = acked.ok ? (acked.payload as { ok?: boolean; code?: string }) : { code: acked.code };
    presses.answered(answer.ok === true ? 'claimed' : String(answer.code), pressedAtMs);
  };
  const one = async (link: SocketLink, i: number) => {
    if (plan.spreadMs > 0) await delay((plan.spreadMs * i) / pressing.length);
    const ids = Array.from({ length: plan.each }, (_, n) => `${plan.round}-${i}-${n}`);
    if (plan.atOnce === true) await Promise.all(ids.map((id) => press(link, id)));
    else for (const id of ids) await press(link, id);
  };
  await Promise.all(pressing.map(one));
  return presses.result();
}
