import { type Order, type RecentUnits, recentUnitsMax } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import { shared } from './shared-listener.ts';
import type { ClientSocket } from './socket-server.ts';

const tickMs = 500;

/** Which event a socket gets follows from how it asked: `gone` is the deprecated name. */
type Send = (watchers: Iterable<ClientSocket>, event: 'recentUnits' | 'gone', recent: RecentUnits) => void;

/**
 * The last units that were claimed, on any node, for the sockets that asked: boards. It listens to the order messages for customers, so it needs
 * no messages between nodes, and sends nothing without a watcher. All watchers share one frame, at most twice a second, while every socket gets
 * the count up to twenty times: so anyone may watch, and no stranger takes a board's place. A node that has just started knows only the claims
 * since its start.
 */
export class RecentUnitsWatch implements Disposable {
  readonly #current: Pick<CurrentSale, 'at'>;
  readonly #send: Send;
  readonly #watchers = { recentUnits: new Set<ClientSocket>(), gone: new Set<ClientSocket>() };
  #newest: { unit: number; seq: number; at: string }[] = [];
  #recent: RecentUnits | null = null;
  #sent: RecentUnits | null = null;
  #timer: NodeJS.Timeout | undefined;

  readonly #onLeave = shared((socket) => this.#leave(socket));
  readonly #onWatch = shared((socket, ...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof ack === 'function') ack({ ok: true, recentUnits: this.#watch(socket, 'recentUnits') });
  });
  readonly #onWatchGone = shared((socket, ...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof ack === 'function') ack({ ok: true, gone: this.#watch(socket, 'gone') });
  });

  constructor(current: Pick<CurrentSale, 'at'>, send: Send) {
    this.#current = current;
    this.#send = send;
  }

  attach(socket: ClientSocket): void {
    socket.on('watchRecentUnits', this.#onWatch);
    socket.on('watchGone', this.#onWatchGone);
  }

  note(orders: readonly Order[]): void {
    const saleId = this.#current.at?.saleId;
    const claimed = orders.filter((order) => order.status === 'claimed' && order.saleId === saleId);
    if (saleId === undefined || claimed.length === 0) return;
    if (this.#recent?.saleId !== saleId) this.#newest = [];
    // A report of an earlier claim may arrive later, and a unit may be reported twice or be claimed again. The claim's number says which is newer.
    const units = new Map(this.#newest.map((each) => [each.unit, each]));
    for (const { unit, seq = 0, claimedAt: at } of claimed) {
      if ((units.get(unit)?.seq ?? -1) < seq) units.set(unit, { unit, seq, at });
    }
    this.#newest = [...units.values()]
      .sort((a, b) => b.seq - a.seq || b.unit - a.unit)
      .slice(0, recentUnitsMax);
    this.#recent = { saleId, units: this.#newest.map(({ unit, at }) => ({ unit, at })) };
    if (this.#isWatched() && this.#timer === undefined) this.#tick();
  }

  #watch(socket: ClientSocket, event: 'recentUnits' | 'gone'): RecentUnits | null {
    if (!this.#watchers.recentUnits.has(socket) && !this.#watchers.gone.has(socket)) {
      socket.on('disconnect', this.#onLeave);
    }
    this.#leave(socket);
    this.#watchers[event].add(socket);
    const saleId = this.#current.at?.saleId;
    if (saleId === undefined) return null;
    return this.#recent?.saleId === saleId ? this.#recent : { saleId, units: [] };
  }

  #leave(socket: ClientSocket): void {
    for (const watchers of Object.values(this.#watchers)) watchers.delete(socket);
  }

  #isWatched(): boolean {
    return this.#watchers.recentUnits.size + this.#watchers.gone.size > 0;
  }

  #tick(): void {
    this.#timer = undefined;
    const recent = this.#recent;
    if (recent === null || recent === this.#sent || !this.#isWatched()) return;
    this.#sent = recent;
    for (const event of ['recentUnits', 'gone'] as const) {
      if (this.#watchers[event].size > 0) this.#send(this.#watchers[event], event, recent);
    }
    this.#timer = setTimeout(() => this.#tick(), tickMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    for (const watchers of Object.values(this.#watchers)) watchers.clear();
  }
}
