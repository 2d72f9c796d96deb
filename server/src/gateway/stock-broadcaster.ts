import type { Stock } from '@flipzon/protocol/schemas.ts';

/** At most 20 counts a second to a socket, however many claims there are. */
export const tickMs = 50;
/** Half as many when sending to all takes more of the event loop than this: viewers do not notice, and buys need the time. */
const shareAtEase = 1 / 10;
const tickMsAtEase = 2 * tickMs;
/** Sending counts never takes more than this: with very many sockets, there are still fewer counts. */
const shareMax = 1 / 2;

/** `all`: to all sockets, of which a busy one may miss it. `missed`: reliably to those that missed the last one. Returns whether any missed it. */
export type SendStock = (stock: Stock, to: 'all' | 'missed') => boolean;

/**
 * Sends the newest count and drops the others. In a rush a busy socket misses counts. The last count of a rush, and the one that says sold
 * out, are sent reliably: Socket.IO's `volatile` would keep the older message when a socket is busy.
 */
export class StockBroadcaster implements Disposable {
  readonly #send: SendStock;
  #latest: Stock | null = null;
  #sent: Stock | null = null;
  #missed = false;
  #timer: NodeJS.Timeout | undefined;

  readonly #now: () => number;

  /** `now`: monotonic, ms. */
  constructor(send: SendStock, now = () => performance.now()) {
    this.#send = send;
    this.#now = now;
  }

  update(stock: Stock): void {
    this.#latest = stock;
    // The first of a rush goes at once; what follows waits for its tick.
    if (this.#timer === undefined) this.#tick();
  }

  #tick(): void {
    const stock = this.#latest;
    if (stock === null) return;
    const startedAt = this.#now();
    if (stock === this.#sent) {
      // Nothing newer came within a tick: this was the last one of the rush.
      this.#timer = undefined;
      if (this.#missed) this.#send(stock, 'missed');
      this.#missed = false;
      return;
    }
    this.#missed = this.#send(stock, 'all');
    if (this.#missed && stock.remaining <= 0) {
      this.#send(stock, 'missed');
      this.#missed = false;
    }
    this.#sent = stock;
    const tookMs = this.#now() - startedAt;
    this.#timer = setTimeout(() => this.#tick(), periodMs(tookMs) - tookMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#latest = null;
  }
}

/** From one count to the next, if sending one takes `tookMs`. */
function periodMs(tookMs: number): number {
  return Math.max(tickMs, Math.min(tookMs / shareAtEase, tickMsAtEase), tookMs / shareMax);
}
