import type { Order } from '@flipzon/protocol/schemas.ts';

const rank = {
  claimed: 0,
  held: 1,
  confirmed: 2,
  expired: 2,
  released: 2,
  revoked: 3,
  cancelled: 3,
} as const;

/** All that one shopper has received about their orders, over either transport. */
export class OrderBook {
  readonly #orders = new Map<string, Order>();
  readonly #waiting = new Map<string, (order: Order) => void>();

  /** A `claimed` that arrives after its `confirmed` (ack and event are two ways) changes nothing. */
  note(order: Order): void {
    const known = this.#orders.get(order.id);
    if (known !== undefined && rank[known.status] > rank[order.status]) return;
    this.#orders.set(order.id, order);
    if (order.status === 'claimed') return;
    this.#waiting.get(order.id)?.(order);
    this.#waiting.delete(order.id);
  }

  ofSale(saleId: string): Order[] {
    return [...this.#orders.values()].filter((order) => order.saleId === saleId);
  }

  /** The order if it is already known to be more than `claimed`. */
  settledNow(orderId: string): Order | null {
    const known = this.#orders.get(orderId);
    return known !== undefined && known.status !== 'claimed' ? known : null;
  }

  /** The order once it is no longer only `claimed`; `null` when that takes longer than `timeoutMs`. */
  settled(orderId: string, timeoutMs: number): Promise<Order | null> {
    const known = this.settledNow(orderId);
    if (known !== null) return Promise.resolve(known);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(orderId);
        resolve(null);
      }, timeoutMs);
      this.#waiting.set(orderId, (order) => {
        clearTimeout(timer);
        resolve(order);
      });
    });
  }
}
