import { setTimeout as delay } from 'node:timers/promises';

let seq = 0;

/** Hands out `ticks` counts of the shape that our own server sends, one every `everyMs`. */
export async function everyTick(
  { ticks, everyMs }: { ticks: number; everyMs: number },
  send: (stock: { saleId: string; remaining: number; seq: number }) => void,
): Promise<void> {
  for (let tick = 0; tick < ticks; tick++) {
    const startedAtMs = performance.now();
    seq++;
    send({ saleId: 'a-sale-of-the-benchmark', remaining: 1_000_000 - seq, seq });
    // Our own server gets its counts at a fixed pace, however long it takes to send one; so does a baseline.
    await delay(Math.max(0, everyMs - (performance.now() - startedAtMs)));
  }
}
