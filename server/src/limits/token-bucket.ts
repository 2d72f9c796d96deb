import type { Rate } from './buy-rate.ts';

/** So many in so much time, evenly refilled; what was not used is there at once, up to the whole. */
export class Allowance {
  readonly #rate: Rate;
  #left: number;
  #filledAt: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#left = rate.points;
    this.#filledAt = now;
  }

  /** ms until there is one; 0: there is one. Takes none. */
  waitMs(now: number): number {
    const { points, perMs } = this.#rate;
    this.#left = Math.min(points, this.#left + (Math.max(0, now - this.#filledAt) * points) / perMs);
    this.#filledAt = now;
    return this.#left >= 1 ? 0 : Math.ceil(((1 - this.#left) * perMs) / points);
  }

  take(): void {
    this.#left--;
  }

  /** As it was when it was last asked. */
  isHalfUsed(): boolean {
    return this.#left < this.#rate.points / 2;
  }

  /** Nobody has used it lately: it is as if it was new. */
  isWhole(now: number): boolean {
    return this.waitMs(now) === 0 && this.#left >= this.#rate.points;
  }
}
