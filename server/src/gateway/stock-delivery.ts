import type { Clock } from '../sale/ports.ts';

/** How long counts take from Redis to this node's sockets. A count that a newer one has replaced is not measured. */
export class StockDelivery {
  readonly #clock: Clock;
  readonly #note: (ms: number) => void;
  #waiting: { seq: number; publishedAt: number } | null = null;

  constructor(clock: Clock, note: (ms: number) => void) {
    this.#clock = clock;
    this.#note = note;
  }

  /** Call this before the count is sent to the sockets. */
  published(seq: number, publishedAt: number | null): void {
    this.#waiting = publishedAt === null ? null : { seq, publishedAt };
  }

  sent(seq: number): void {
    if (this.#waiting?.seq !== seq) return;
    this.#note(Math.max(0, this.#clock.now() - this.#waiting.publishedAt));
    this.#waiting = null;
  }
}
