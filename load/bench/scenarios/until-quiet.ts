import { setTimeout as delay } from 'node:timers/promises';
import type { Clients } from '../drive/clients.ts';

const quietMsMax = 60_000;

/** All counts that arrived, once no more arrive. */
export async function untilQuiet(clients: Clients): Promise<number> {
  const deadlineMs = performance.now() + quietMsMax;
  for (let before = -1; ; ) {
    const messages = await clients.messages();
    if (messages === before) return messages;
    if (performance.now() > deadlineMs) throw new Error('the counts do not end');
    before = messages;
    await delay(200);
  }
}
