import type { Config } from './config.ts';
import type { Blocking } from './http/customer-routes.ts';
import { createClientAddress } from './limits/client-address.ts';
import { NetworkLimits } from './limits/network-limits.ts';
import { createPlaces, type PlaceOf } from './limits/places.ts';
import type { BlockedStore } from './mongo/blocked-store.ts';
import { Blocked } from './sale/blocked.ts';
import type { Buy } from './sale/buy.ts';
import type { CurrentSale } from './sale/current-sale.ts';
import { createGuardedBuy, type GuardedBuy } from './sale/guard-buy.ts';
import type { SaleAnnouncer } from './sale/ports.ts';

/** Sockets from one address from which on they are a crowd. */
const crowdSockets = 20;

interface Dependencies {
  config: Config;
  store: BlockedStore;
  current: CurrentSale;
  announcer: SaleAnnouncer;
  countBuy: (outcome: string) => void;
  onError: (error: unknown) => void;
}

export interface Guard extends Disposable {
  placeOf: PlaceOf;
  blocked: Blocked;
  blocking: Blocking;
  /** The buy behind its guard. */
  around: (buy: Buy) => GuardedBuy;
}

/** Everything that keeps bots and those who were shut out away from the sale. */
export function createGuard({ config, store, current, announcer, ...on }: Dependencies): Guard {
  const limits = new NetworkLimits({
    perAddress: {
      sockets: config.ADDRESS_SOCKETS,
      connects: config.ADDRESS_CONNECTS,
      buys: config.ADDRESS_BUYS,
    },
    perSubnet: { sockets: config.SUBNET_SOCKETS, connects: config.SUBNET_CONNECTS, buys: config.SUBNET_BUYS },
    crowdSockets,
    unlimited: config.UNLIMITED_ADDRESSES,
  });
  const blocked = new Blocked({ all: store.all, onError: on.onError });
  const tell = async () => {
    await blocked.refresh();
    await announcer.announce();
  };
  return {
    placeOf: createPlaces(createClientAddress(config.TRUSTED_PROXIES), limits, () => performance.now()),
    blocked,
    blocking: {
      async block(customerId, reason, by) {
        if (!(await store.add(customerId, reason, by))) return false;
        await tell();
        return true;
      },
      async unblock(customerId) {
        await store.remove(customerId);
        await tell();
      },
    },
    around: (buy) =>
      createGuardedBuy({ buy, blocked, current, now: () => performance.now(), onRefused: on.countBuy }),
    [Symbol.dispose]: () => blocked[Symbol.dispose](),
  };
}
