import type { Stock } from '@flipzon/protocol/schemas.ts';

/** At most 20 counts a second to a socket, however many claims there are. */
export const tickMs = 50;
/** Telling everybody takes no more of the event loop than this, so that buys are answered meanwhile: with very many sockets, fewer counts. */
const shareMax = 0.5;

/** `droppable`: a socket that is busy may miss it. Says whether any did. */
export type SendStock = (stock: Stock, droppable: boolean) => boolean;

/**
 * Sends the newest count and forgets the others. Counts in a rush may be dropped by a busy socket, but the last one of a rush, and the
 * one that says sold out, are sent so that they arrive: Socket.IO's `volatile` keeps the older message when a socket is busy.
 */
export class StockBroadcaster implements Disposable {
  readonly #send: SendStock;
  #latest: Stock | null = null;
  #sent: { stock: Stock; surely: boolean } | null = null;
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
    const news = this.#sent?.stock !== stock;
    if (!news && this.#sent?.surely === true) {
      this.#timer = undefined;
      return;
    }
    // Nothing newer came within a tick: this was the last one of the rush.
    const surely = !news || stock.remaining <= 0;
    const startedAt = this.#now();
    const missed = this.#send(stock, !surely);
    const tookMs = this.#now() - startedAt;
    this.#sent = { stock, surely: surely || !missed };
    this.#timer = setTimeout(() => this.#tick(), Math.max(tickMs, tookMs / shareMax - tookMs));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#latest = null;
  }
}
