import type { Registry } from 'prom-client';
import type { SaleSnapshot } from '../sale/current-sale.ts';
import type { StockInUse } from '../sale/ledger-ports.ts';
import { shownCounts } from '../sale/sale.ts';
import { register } from './register.ts';

/** Values that are read at each request. Null: not known just now, and then not shown. */
export interface LiveStats {
  sockets: () => number;
  /** Sockets on all nodes, as this one knows. */
  connected: () => number;
  unreadBytes: () => { sum: number; max: number };
  openBuys: () => number;
  sale: () => Pick<SaleSnapshot, 'sale' | 'stock' | 'epoch'> | null;
  /** The current sale can be bought from as far as this node knows, or there is none. */
  available: () => boolean;
  outbox: () => Promise<OutboxStats | null>;
  /** Of the current sale, as Redis has it; null where it requires no payment. */
  holds: () => Promise<StockInUse | null>;
  /** Mails about orders that are still to be sent; null where the shop sends none. */
  orderMails: () => Promise<number | null>;
}

export interface OutboxStats {
  waiting: number;
  deadLetters: number;
  /** How long its oldest entry has been waiting, ms; 0 when there is none. */
  oldestMs: number;
}

export function liveGauges(registry: Registry, live: LiveStats): void {
  const gauge = (name: string, help: string, read: () => number): void =>
    register(registry, { name, help, type: 'gauge' }, () => [{ labels: {}, value: read() }]);
  gauge('flipzon_sockets', 'Sockets connected to this node', live.sockets);
  gauge('flipzon_connected', 'Sockets connected to all nodes, as this one has heard', live.connected);
  gauge(
    'flipzon_socket_unread_bytes',
    'Bytes that sockets of this node have not read yet',
    () => live.unreadBytes().sum,
  );
  gauge(
    'flipzon_socket_unread_bytes_max',
    'Bytes that the slowest socket of this node has not read yet',
    () => live.unreadBytes().max,
  );
  gauge('flipzon_buys_open', 'Buys of this node that Redis has not decided yet', live.openBuys);
  gauge(
    'flipzon_remaining',
    'Units that no customer holds, as this node knows',
    () => live.sale()?.stock.remaining ?? 0,
  );
  const counts = () => {
    const snapshot = live.sale();
    return snapshot === null ? null : shownCounts(snapshot.sale.terms, snapshot.stock);
  };
  gauge(
    'flipzon_in_checkout',
    'Units that are held and not paid yet, as this node knows; 0 in a sale without payment',
    () => counts()?.inCheckout ?? 0,
  );
  gauge(
    'flipzon_sold',
    'Units that are paid, as this node knows; 0 in a sale without payment',
    () => counts()?.sold ?? 0,
  );
  gauge('flipzon_quantity', 'Units of the current sale', () => live.sale()?.sale.terms.quantity ?? 0);
  gauge('flipzon_epoch', 'Epoch of the current sale', () => live.sale()?.epoch ?? 0);
  gauge('flipzon_available', 'Whether buys of the current sale are decided', () => Number(live.available()));
  outboxGauges(registry, live.outbox);
  holdGauges(registry, live.holds);
  orderMailGauge(registry, live.orderMails);
}

/** Every node reports the same: they are all in MongoDB. */
function orderMailGauge(registry: Registry, read: LiveStats['orderMails']): void {
  const gauge = gaugesOf(registry, read);
  gauge('flipzon_order_mails_waiting', 'Mails about orders that are still to be sent', (waiting) => waiting);
}

/** Every node reports the same: what Redis has. */
function holdGauges(registry: Registry, read: LiveStats['holds']): void {
  const gauge = gaugesOf(registry, read);
  gauge(
    'flipzon_holds_overdue',
    'Holds that are open a minute after their time to pay, up to 1,000',
    ({ overdue = 0 }) => overdue,
  );
  gauge(
    'flipzon_stock_mismatch',
    'By how much remaining, in checkout and sold differ from the quantity',
    ({ quantity, remaining, held, sold = 0 }) =>
      Math.abs(quantity - remaining - held) + Math.max(0, sold - held),
  );
}

/** Gauges of one reading, which those that are read in one turn share. Null: not known just now, and then none is shown. */
function gaugesOf<T>(registry: Registry, read: () => Promise<T | null>) {
  let asked: Promise<T | null> | null = null;
  const once = () => {
    asked ??= read().finally(() => {
      asked = null;
    });
    return asked;
  };
  return (name: string, help: string, of: (known: T) => number): void =>
    register(registry, { name, help, type: 'gauge' }, async () => {
      const known = await once();
      return known === null ? [] : [{ labels: {}, value: of(known) }];
    });
}

/** Every node reports the same: there is one outbox. */
function outboxGauges(registry: Registry, read: LiveStats['outbox']): void {
  const gauge = gaugesOf(registry, read);
  gauge('flipzon_outbox_entries', 'Claims that wait for MongoDB', ({ waiting }) => waiting);
  gauge(
    'flipzon_outbox_age_seconds',
    'How long the oldest of them has been waiting',
    ({ oldestMs }) => oldestMs / 1000,
  );
  gauge(
    'flipzon_outbox_poisoned',
    'Entries that cannot be written and wait for a person',
    ({ deadLetters }) => deadLetters,
  );
}
