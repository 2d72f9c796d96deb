import { EventEmitter } from 'node:events';
import type { Sale, Stock } from '@flipzon/protocol/schemas.ts';
import type { SaleEpoch } from './ledger-ports.ts';
import type { Clock } from './ports.ts';
import { nextBoundary, type SaleRecord, type StockLevel, saleView, stockView } from './sale.ts';

/** setTimeout fires at once beyond this. */
const timerMsMax = 2 ** 31 - 1;

export interface SaleSnapshot {
  sale: SaleRecord;
  epoch: number;
  stock: StockLevel;
  /** When the newest claim was made, ms since 1970; null when there is none, or this node does not know. */
  lastClaimAt: number | null;
  /** Its epoch is open as far as this node knows: buys are decided, and `stock` is what Redis has. */
  available: boolean;
}

/** The sale that takes the page at a known instant. */
export interface NextSale {
  /** ms since 1970 */
  takesOverAt: number;
  snapshot: SaleSnapshot;
}

interface Changes {
  /** Anything but the stock, and every change of status by the clock or by the stock. */
  sale: [Sale];
  stock: [Stock];
  /** The sale that was known goes on in another epoch: Redis was rebuilt. */
  epoch: [SaleEpoch];
}

/** What this node knows of the current sale. Data flows in from the feed and out to the sockets; nothing else keeps a copy. */
export class CurrentSale implements Disposable {
  readonly changes = new EventEmitter<Changes>();
  readonly #clock: Clock;
  #snapshot: SaleSnapshot | null = null;
  #next: NextSale | null = null;
  /** The sale that the one on the page took over from; a late reading of it is ignored. */
  #replacedId: string | null = null;
  #shown: Pick<Sale, 'status' | 'soldOutAt'> | null = null;
  #boundary: NodeJS.Timeout | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** By the clock, not by a timer: every request after the instant gets the new sale. */
  get snapshot(): SaleSnapshot | null {
    if (this.#next !== null && this.#next.takesOverAt <= this.#clock.now()) this.#takeOver(this.#next);
    return this.#snapshot;
  }

  /** The keys of the sale that takes the page soon. */
  get nextAt(): SaleEpoch | null {
    const { snapshot } = this.#next ?? {};
    return snapshot === undefined ? null : { saleId: snapshot.sale.id, epoch: snapshot.epoch };
  }

  get at(): SaleEpoch | null {
    const { snapshot } = this;
    return snapshot && { saleId: snapshot.sale.id, epoch: snapshot.epoch };
  }

  view(): Sale | null {
    const { snapshot } = this;
    return snapshot && saleView(snapshot, this.#clock.now());
  }

  /** Null: none is known. One that has taken over already is not announced again. */
  announceNext(next: NextSale | null): void {
    const { snapshot } = this;
    this.#next = next?.snapshot.sale.id === snapshot?.sale.id ? null : next;
    this.#watchBoundary();
  }

  #takeOver({ snapshot }: NextSale): void {
    this.#next = null;
    this.#replacedId = this.#snapshot?.sale.id ?? null;
    this.replace(snapshot);
  }

  /** Ignores a stock that is older than the known one. */
  replace(next: SaleSnapshot): void {
    if (next.sale.id === this.#replacedId) return;
    const known = this.#snapshot;
    const same = known?.sale.id === next.sale.id ? known : null;
    const stock = same === null ? next.stock : newer(same.stock, next.stock);
    const lastClaimAt =
      same !== null && same.stock.seq > next.stock.seq
        ? (same.lastClaimAt ?? next.lastClaimAt)
        : (next.lastClaimAt ?? same?.lastClaimAt ?? null);
    this.#snapshot = { ...next, stock, lastClaimAt };
    const changed =
      known?.sale.id !== next.sale.id ||
      known.sale.terms.revision !== next.sale.terms.revision ||
      known.available !== next.available;
    if (changed) this.#show();
    else this.#showIfOther();
    if (stock !== known?.stock) this.changes.emit('stock', stockView(next.sale, stock));
    if (known?.sale.id === next.sale.id && known.epoch !== next.epoch) {
      this.changes.emit('epoch', { saleId: next.sale.id, epoch: next.epoch });
    }
    this.#watchBoundary();
  }

  /** `claimedAt`: when the newest claim in it was made, if known. */
  setStock(saleId: string, news: StockLevel, claimedAt: number | null): void {
    const known = this.#snapshot;
    if (known === null || known.sale.id !== saleId || news.seq < known.stock.seq) return;
    // Of the newest claim, which is not the latest by the clock when that has stepped back.
    const lastClaimAt = claimedAt ?? known.lastClaimAt;
    const stock = withSold(news, known.stock);
    // Of one number, the count of sold units may differ where news of a payment was lost.
    if (stock.seq === known.stock.seq && stock.sold === known.stock.sold) {
      this.#snapshot = { ...known, lastClaimAt };
      if (lastClaimAt !== known.lastClaimAt) this.#showIfOther();
      return;
    }
    this.#snapshot = { ...known, stock, lastClaimAt };
    this.changes.emit('stock', stockView(known.sale, stock));
    if (known.stock.remaining <= 0 !== stock.remaining <= 0) this.#showIfOther();
  }

  setAvailable(available: boolean): void {
    const known = this.#snapshot;
    if (known === null || known.available === available) return;
    this.#snapshot = { ...known, available };
    this.#show();
  }

  #show(): void {
    const view = this.view();
    if (view === null) return;
    this.#shown = view;
    this.changes.emit('sale', view);
  }

  /** Whether its status, or the time of its sell-out, differs from what was shown last. */
  #showIfOther(): void {
    const view = this.view();
    if (view?.status !== this.#shown?.status || view?.soldOutAt !== this.#shown?.soldOutAt) this.#show();
  }

  /** Only for those who watch: the sale itself opens by comparison with Redis's clock, whether this timer fires or not. */
  #watchBoundary(): void {
    clearTimeout(this.#boundary);
    if (this.#snapshot === null) return;
    const now = this.#clock.now();
    const at = Math.min(
      nextBoundary(this.#snapshot.sale.terms, now) ?? Number.POSITIVE_INFINITY,
      this.#next?.takesOverAt ?? Number.POSITIVE_INFINITY,
    );
    if (at === Number.POSITIVE_INFINITY) return;
    this.#boundary = setTimeout(
      () => {
        this.#showIfOther();
        this.#watchBoundary();
      },
      Math.min(Math.max(1, Math.ceil(at - now)), timerMsMax),
    );
    this.#boundary.unref();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#boundary);
    this.changes.removeAllListeners();
  }
}

/** Returns the known one if both are the same, so that no one is notified without a change. */
function newer(known: StockLevel, next: StockLevel): StockLevel {
  if (known.seq !== next.seq) return known.seq > next.seq ? known : next;
  return known.remaining === next.remaining && known.sold === next.sold ? known : next;
}

/** A published claim does not say what is sold. */
function withSold(news: StockLevel, { sold }: StockLevel): StockLevel {
  return news.sold === undefined && sold !== undefined ? { ...news, sold } : news;
}
