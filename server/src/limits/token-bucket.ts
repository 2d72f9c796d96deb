import type { Rate } from './buy-rate.ts';

/** A token bucket: it holds up to `points` tokens and refills evenly, by `points` in `perMs`. */
export class TokenBucket {
  readonly #rate: Rate;
  #left: number;
  #filledAt: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#left = rate.points;
    this.#filledAt = now;
  }

  /** ms until there is a token; 0: there is one. Takes none. */
  waitMs(now: number): number {
    const { points, perMs } = this.#rate;
    this.#left = Math.min(points, this.#left + (Math.max(0, now - this.#filledAt) * points) / perMs);
    this.#filledAt = now;
    return this.#left >= 1 ? 0 : Math.ceil(((1 - this.#left) * perMs) / points);
  }

  take(): void {
    this.#left--;
  }

  /** As of the last call of `waitMs`. */
  isHalfUsed(): boolean {
    return this.#left < this.#rate.points / 2;
  }

  /** Whether it is full, like a new one: not used lately. */
  isWhole(now: number): boolean {
    return this.waitMs(now) === 0 && this.#left >= this.#rate.points;
  }
}
