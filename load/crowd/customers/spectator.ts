import type { Sale, Stock } from '@flipzon/protocol/schemas.ts';

export interface SpectatorView {
  saleId: string | null;
  remaining: number | null;
  seq: number;
  messages: number;
  messagesPerSecondMax: number;
  /** Counts that came with an older `seq` than one already seen; dropped. */
  backwards: number;
}

/** What one spectator has seen of the current sale's stock: the newest count only. */
export class Spectator {
  #view = emptyView(null);
  #second = 0;
  #inSecond = 0;

  get view(): Readonly<SpectatorView> {
    return this.#view;
  }

  /** `sale` carries a count too, right after connecting; another sale's id means that a new sale is on. */
  onSale(sale: Sale): void {
    if (sale.id !== this.#view.saleId) this.#view = emptyView(sale.id);
    this.#accept(sale);
  }

  onStock(stock: Stock, nowMs: number): void {
    const view = this.#view;
    if (stock.saleId !== view.saleId) return;
    view.messages++;
    const second = Math.floor(nowMs / 1000);
    this.#inSecond = second === this.#second ? this.#inSecond + 1 : 1;
    this.#second = second;
    view.messagesPerSecondMax = Math.max(view.messagesPerSecondMax, this.#inSecond);
    if (stock.seq < view.seq) view.backwards++;
    this.#accept(stock);
  }

  #accept({ remaining, seq }: { remaining: number; seq: number }): void {
    if (seq < this.#view.seq) return;
    this.#view.remaining = remaining;
    this.#view.seq = seq;
  }
}

function emptyView(saleId: string | null): SpectatorView {
  return { saleId, remaining: null, seq: -1, messages: 0, messagesPerSecondMax: 0, backwards: 0 };
}
