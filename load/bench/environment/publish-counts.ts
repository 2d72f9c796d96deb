import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';

export interface Plan {
  ticks: number;
  everyMs: number;
}

let seq = 1_000_000;

/** As claims do, so that a node hears of them as it hears of claims. */
export async function publishCounts(redis: Redis, saleId: string, { ticks, everyMs }: Plan): Promise<void> {
  for (let tick = 0; tick < ticks; tick++) {
    seq++;
    await redis.publish(`sale:{${saleId}}:stock`, `${10_000_000 - seq} ${seq}`);
    await delay(everyMs);
  }
}
