import type { Clock } from '../sale/ports.ts';
import type { RedisClient } from './connections.ts';

const measureEveryMs = 5_000;
const samplesMax = 5;

/** This machine's clock, corrected by what Redis says; the sample with the shortest round trip is believed. */
export class RedisClock implements Clock, Disposable {
  readonly #redis: RedisClient;
  #offsetMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(redis: RedisClient) {
    this.#redis = redis;
  }

  now(): number {
    return Math.floor(Date.now() + this.#offsetMs);
  }

  async start(onError: (error: unknown) => void): Promise<void> {
    await this.#measure();
    this.#timer = setInterval(() => void this.#measure().catch(onError), measureEveryMs);
    this.#timer.unref();
  }

  async #measure(): Promise<void> {
    let bestMs = Number.POSITIVE_INFINITY;
    let offsetMs = this.#offsetMs;
    for (let sample = 0; sample < samplesMax; sample++) {
      const startedAt = performance.now();
      const [seconds, micros] = await this.#redis.time();
      const roundTripMs = performance.now() - startedAt;
      if (roundTripMs >= bestMs) continue;
      bestMs = roundTripMs;
      offsetMs = Number(seconds) * 1000 + Number(micros) / 1000 + roundTripMs / 2 - Date.now();
    }
    this.#offsetMs = offsetMs;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
