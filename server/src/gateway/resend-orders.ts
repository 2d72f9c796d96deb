import { setTimeout as delay } from 'node:timers/promises';
import type { CustomerOrders } from '../buying/orders-of-customer.ts';
import { deliverOrder } from './deliver-order.ts';
import { customerRoom, type SocketServer } from './socket-server.ts';

/** Customers that are looked up at a time. */
const atOnceMax = 50;
const nextRoundMs = 1_000;

interface Dependencies {
  io: SocketServer;
  customerOrders: Pick<CustomerOrders, 'inCurrentSale'>;
  onError: (error: unknown) => void;
}

/**
 * Sends customers their orders again, if messages may have been lost between the nodes, or a store did not answer. Looks
 * again at those whose claim is not confirmed yet or who could not be looked up, until every status is final.
 */
export class ResendOrders implements Disposable {
  readonly #deps: Dependencies;
  readonly #stopping = new AbortController();
  readonly #due = new Set<string>();
  #running = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** To be called when something may have been missed; several calls at once are one. */
  toEverybody(): void {
    for (const socket of this.#deps.io.sockets.sockets.values()) {
      if (socket.data.identity !== null) this.#due.add(socket.data.identity.customerId);
    }
    this.#start(0);
  }

  /** Queues the customer for the next round: the status just sent may not be final. */
  later(customerId: string): void {
    this.#due.add(customerId);
    this.#start(nextRoundMs);
  }

  #start(waitMs: number): void {
    if (this.#running) return;
    this.#running = true;
    void this.#run(waitMs).finally(() => {
      this.#running = false;
    });
  }

  async #run(waitMs: number): Promise<void> {
    await this.#pause(waitMs);
    while (this.#due.size > 0 && !this.#stopping.signal.aborted) {
      const round = [...this.#due].values();
      this.#due.clear();
      await Promise.all(Array.from({ length: atOnceMax }, () => this.#work(round)));
      await this.#pause(nextRoundMs);
    }
  }

  async #pause(ms: number): Promise<void> {
    // Rejects when stopped.
    await delay(ms, undefined, { signal: this.#stopping.signal, ref: false }).catch(() => undefined);
  }

  async #work(customerIds: Iterable<string>): Promise<void> {
    for (const customerId of customerIds) {
      if (this.#stopping.signal.aborted) return;
      if (!(await this.#resend(customerId))) this.#due.add(customerId);
    }
  }

  /** False while there is more to come. */
  async #resend(customerId: string): Promise<boolean> {
    const { io, customerOrders, onError } = this.#deps;
    const room = customerRoom(customerId);
    if (!io.sockets.adapter.rooms.has(room)) return true;
    try {
      const orders = await customerOrders.inCurrentSale(customerId);
      for (const id of io.sockets.adapter.rooms.get(room) ?? []) {
        const socket = io.sockets.sockets.get(id);
        if (socket !== undefined) for (const order of orders) deliverOrder(socket, order);
      }
      return orders.every((order) => order.status !== 'claimed');
    } catch (error) {
      onError(error);
      return false;
    }
  }

  [Symbol.dispose](): void {
    this.#stopping.abort();
  }
}
