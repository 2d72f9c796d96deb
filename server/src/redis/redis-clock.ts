import type { Clock } from '../sale/ports.ts';
import type { RedisClient } from './connections.ts';

const measureEveryMs = 5_000;
const samplesMax = 5;

/**
 * Redis's clock: between two samples, the time that has passed here is added; the sample with the shortest round trip counts. This machine's
 * time of day plays no part, so it may be wrong, or be set while the node runs. After each new connection the clock is sampled again at once:
 * another server, with another clock, may have taken over.
 */
export class RedisClock implements Clock, Disposable {
  readonly #redis: RedisClient;
  #offsetMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #look: (() => void) | undefined;

  constructor(redis: RedisClient) {
    this.#redis = redis;
  }

  now(): number {
    return Math.floor(performance.now() + this.#offsetMs);
  }

  async start(onError: (error: unknown) => void): Promise<void> {
    await this.#measure();
    this.#look = () => void this.#measure().catch(onError);
    this.#redis.on('ready', this.#look);
    this.#timer = setInterval(this.#look, measureEveryMs);
    this.#timer.unref();
  }

  async #measure(): Promise<void> {
    let bestMs = Number.POSITIVE_INFINITY;
    let offsetMs = this.#offsetMs;
    for (let sample = 0; sample < samplesMax; sample++) {
      const startedAt = performance.now();
      const [seconds, micros] = await this.#redis.time();
      const endedAt = performance.now();
      const roundTripMs = endedAt - startedAt;
      if (roundTripMs >= bestMs) continue;
      bestMs = roundTripMs;
      offsetMs = Number(seconds) * 1000 + Number(micros) / 1000 + roundTripMs / 2 - endedAt;
    }
    this.#offsetMs = offsetMs;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    if (this.#look !== undefined) this.#redis.off('ready', this.#look);
  }
}
