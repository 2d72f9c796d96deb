import { randomUUID } from 'node:crypto';
import type { Order } from '@flipzon/protocol/schemas.ts';
import type { Shop } from './shop.ts';
import type { Shopper } from './shopper.ts';

const pressAgainMs = 5;

/** Buyers who press until they have a unit, through pauses, ends and sold-out notices, and their results. */
export interface SteeredBuyers {
  /** The claim that each buyer got. */
  won: Map<string, Order>;
  shoppers: Shopper[];
  /** From here on, sold out is a reason to stop; resolves when no buyer presses any more. */
  finish(): Promise<void>;
}

/** One socket each, spread over the nodes of the shop; each presses with one request id. */
export async function pressAlong(
  shop: Shop,
  saleId: string,
  customers: readonly string[],
): Promise<SteeredBuyers> {
  const won = new Map<string, Order>();
  let last = false;
  const press = async (customer: string, shopper: Shopper): Promise<void> => {
    const requestId = randomUUID();
    for (;;) {
      const final = last;
      const answer = await shopper.buy(requestId, saleId);
      if (answer.ok) {
        won.set(customer, answer.order);
        return;
      }
      if (final && answer.code === 'sold_out') return;
      if (!['sold_out', 'sale_not_active', 'unavailable'].includes(answer.code)) {
        throw new Error(`${customer} got ${answer.code}`);
      }
      await new Promise((resolve) => setTimeout(resolve, pressAgainMs));
    }
  };
  const shoppers = await Promise.all(
    customers.map((customer, index) => shop.shopper(customer, shop.nodes[index % shop.nodes.length])),
  );
  const pressing = Promise.all(
    customers.map((customer, index) => press(customer, shoppers[index] as Shopper)),
  );
  // Another answer is reported to the caller that waits for the end.
  pressing.catch(() => undefined);
  return {
    won,
    shoppers,
    async finish() {
      last = true;
      await pressing;
      for (const { socket } of shoppers) socket.disconnect();
    },
  };
}
