import { EventEmitter } from 'node:events';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Clock, SaleEpoch } from './ports.ts';
import { nextBoundary, type SaleRecord, type StockLevel, saleStatus, saleView } from './sale.ts';

/** setTimeout fires at once beyond this. */
const timerMsMax = 2 ** 31 - 1;

export interface SaleSnapshot {
  sale: SaleRecord;
  epoch: number;
  stock: StockLevel;
  /** Its epoch is open as far as this node knows: buys are decided, and `stock` is what Redis has. */
  available: boolean;
}

interface Changes {
  /** Anything but the stock, and every change of status by the clock or by the stock. */
  sale: [Sale];
  stock: [{ saleId: string } & StockLevel];
  /** The sale that was known goes on in another epoch: Redis was rebuilt. */
  epoch: [SaleEpoch];
}

/** What this node knows of the sale on show. Data flows in from the feed and out to the sockets; nobody else keeps a copy. */
export class CurrentSale implements Disposable {
  readonly changes = new EventEmitter<Changes>();
  readonly #clock: Clock;
  #snapshot: SaleSnapshot | null = null;
  #statusShown: string | null = null;
  #boundary: NodeJS.Timeout | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get snapshot(): SaleSnapshot | null {
    return this.#snapshot;
  }

  get at(): SaleEpoch | null {
    return this.#snapshot && { saleId: this.#snapshot.sale.id, epoch: this.#snapshot.epoch };
  }

  view(): Sale | null {
    if (this.#snapshot === null) return null;
    const { sale, stock, available } = this.#snapshot;
    return saleView(sale, stock, available, this.#clock.now());
  }

  /** A stock that is older than the one known is not taken over. */
  replace(next: SaleSnapshot): void {
    const known = this.#snapshot;
    const stock = known?.sale.id === next.sale.id ? newer(known.stock, next.stock) : next.stock;
    this.#snapshot = { ...next, stock };
    const changed =
      known?.sale.id !== next.sale.id ||
      known.sale.terms.revision !== next.sale.terms.revision ||
      known.available !== next.available;
    if (changed) this.#show();
    else this.#showIfStatusChanged();
    if (stock !== known?.stock) this.changes.emit('stock', { saleId: next.sale.id, ...stock });
    if (known?.sale.id === next.sale.id && known.epoch !== next.epoch) {
      this.changes.emit('epoch', { saleId: next.sale.id, epoch: next.epoch });
    }
    this.#watchBoundary();
  }

  setStock(saleId: string, stock: StockLevel): void {
    const known = this.#snapshot;
    if (known === null || known.sale.id !== saleId || stock.seq <= known.stock.seq) return;
    this.#snapshot = { ...known, stock };
    this.changes.emit('stock', { saleId, ...stock });
    if (known.stock.remaining <= 0 !== stock.remaining <= 0) this.#showIfStatusChanged();
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
    this.#statusShown = view.status;
    this.changes.emit('sale', view);
  }

  #showIfStatusChanged(): void {
    if (this.#snapshot === null) return;
    const { sale, stock } = this.#snapshot;
    if (saleStatus(sale.terms, stock.remaining, this.#clock.now()) !== this.#statusShown) this.#show();
  }

  /** Only for those who watch: the sale itself opens by comparison with Redis's clock, whether this timer fires or not. */
  #watchBoundary(): void {
    clearTimeout(this.#boundary);
    if (this.#snapshot === null) return;
    const now = this.#clock.now();
    const at = nextBoundary(this.#snapshot.sale.terms, now);
    if (at === null) return;
    this.#boundary = setTimeout(
      () => {
        this.#showIfStatusChanged();
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

/** The known one also when both are the same, so that nobody is told what they know. */
function newer(known: StockLevel, next: StockLevel): StockLevel {
  if (known.seq !== next.seq) return known.seq > next.seq ? known : next;
  return known.remaining === next.remaining ? known : next;
}
