import { type Gone, goneShownMax, type Order, type WatchGoneAnswer } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import { shared } from './shared-listener.ts';
import type { ClientSocket } from './socket-server.ts';

const tickMs = 500;

type Send = (watchers: Iterable<ClientSocket>, gone: Gone) => void;

/**
 * The last units that were claimed, on any node, for the sockets that asked: boards. It listens to the order messages for customers, so it needs
 * no messages between nodes, and sends nothing without a watcher. All watchers share one frame, at most twice a second, while every socket gets
 * the count up to twenty times: so anyone may watch, and no stranger takes a board's place. A node that has just started knows only the claims since its start.
 */
export class GoneWatch implements Disposable {
  readonly #current: Pick<CurrentSale, 'at'>;
  readonly #send: Send;
  readonly #watchers = new Set<ClientSocket>();
  #newest: { unit: number; seq: number; at: string }[] = [];
  #gone: Gone | null = null;
  #told: Gone | null = null;
  #timer: NodeJS.Timeout | undefined;

  readonly #onLeave = shared((socket) => void this.#watchers.delete(socket));
  readonly #onWatch = shared((socket, ...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof ack === 'function') ack(this.#watch(socket));
  });

  constructor(current: Pick<CurrentSale, 'at'>, send: Send) {
    this.#current = current;
    this.#send = send;
  }

  attach(socket: ClientSocket): void {
    socket.on('watchGone', this.#onWatch);
  }

  note(orders: readonly Order[]): void {
    const saleId = this.#current.at?.saleId;
    const claimed = orders.filter((order) => order.status === 'claimed' && order.saleId === saleId);
    if (saleId === undefined || claimed.length === 0) return;
    if (this.#gone?.saleId !== saleId) this.#newest = [];
    // News of an earlier claim may arrive later, and a unit may be reported twice or be claimed again. The claim's number says which is newer.
    const units = new Map(this.#newest.map((each) => [each.unit, each]));
    for (const { unit, seq = 0, claimedAt: at } of claimed) {
      if ((units.get(unit)?.seq ?? -1) < seq) units.set(unit, { unit, seq, at });
    }
    this.#newest = [...units.values()]
      .sort((a, b) => b.seq - a.seq || b.unit - a.unit)
      .slice(0, goneShownMax);
    this.#gone = { saleId, units: this.#newest.map(({ unit, at }) => ({ unit, at })) };
    if (this.#watchers.size > 0 && this.#timer === undefined) this.#tick();
  }

  #watch(socket: ClientSocket): WatchGoneAnswer {
    if (!this.#watchers.has(socket)) socket.on('disconnect', this.#onLeave);
    this.#watchers.add(socket);
    const saleId = this.#current.at?.saleId;
    if (saleId === undefined) return { ok: true, gone: null };
    return { ok: true, gone: this.#gone?.saleId === saleId ? this.#gone : { saleId, units: [] } };
  }

  #tick(): void {
    this.#timer = undefined;
    const gone = this.#gone;
    if (gone === null || gone === this.#told || this.#watchers.size === 0) return;
    this.#told = gone;
    this.#send(this.#watchers, gone);
    this.#timer = setTimeout(() => this.#tick(), tickMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#watchers.clear();
  }
}
