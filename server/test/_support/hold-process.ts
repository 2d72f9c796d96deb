import type { Order } from '@flipzon/protocol/schemas.ts';
import { createEndHold } from '../../src/holds/end-hold.ts';
import { createHoldClaims } from '../../src/holds/hold-claims.ts';
import { HoldSweep } from '../../src/holds/hold-sweep.ts';
import { createCancelOrder } from '../../src/operator/cancel-order.ts';
import { createPersistInto } from '../../src/orders/persist-claims.ts';
import { createCarryRequests } from '../../src/recovery/carry-requests.ts';
import { createRecovery } from '../../src/recovery/recovery.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { createAudit } from '../../src/seal/audit.ts';
import { FakeHolds, fakeHoldLedger, fakeHoldStore, withHoldKeys } from './fake-holds.ts';
import type { Turn } from './fake-ledger.ts';
import { FakeMongo } from './fake-mongo.ts';
import { FakeRedis } from './fake-redis.ts';
import { portsOn } from './fake-stores.ts';
import { usd } from './usd.ts';

/** The stores of one sale that requires payment, as a few lines of memory, and its clock. */
export interface HoldWorld {
  redis: FakeRedis;
  mongo: FakeMongo;
  fake: FakeHolds;
  notified: Order[];
  now: number;
}

export const heldSaleId = 'sale';

export function holdWorld(quantity: number): HoldWorld {
  const sale: SaleRecord = {
    ...{
      id: heldSaleId,
      product: { name: 'x', price: usd(1) },
      perCustomer: 1,
      simulated: false,
      createdAt: 0,
    },
    terms: {
      ...{ revision: 1, quantity, startsAt: 0, endsAt: null, paused: false, reason: null },
      payment: { holdSeconds: 60, holdsMax: 2 },
    },
  };
  return {
    ...{ redis: new FakeRedis(), mongo: new FakeMongo(sale), fake: new FakeHolds(), notified: [], now: 1 },
  };
}

/** A process made of the real parts, each of whose calls of a store waits for its turn. */
export function holdProcess(world: HoldWorld, turn: Turn, restoreWindow: () => Promise<void>) {
  const { redis, mongo, fake, notified } = world;
  const clock = { now: () => world.now };
  const onError = () => undefined;
  const ports = portsOn(redis, mongo, turn, notified, clock.now);
  const { sales, orders, notifier } = ports;
  const holds = fakeHoldStore(fake, turn);
  const holdLedger = fakeHoldLedger(redis, fake, turn);
  const keys = withHoldKeys(ports.keys, redis, fake);
  const endHold = createEndHold({
    ...{ sales, orders, notifier, holds },
    ledger: { ...holdLedger, adopt: ports.ledger.adopt },
    onEnd: () => undefined,
    redisMsMax: 0,
  });
  const persistClaims = createPersistInto({
    ...ports,
    orders: createHoldClaims({ holds, sales, ledger: holdLedger, endHold }),
    clock,
    onPersisted: () => undefined,
  });
  const recovery = createRecovery({
    ...{ ...ports, holds, keys, persistClaims },
    carryRequests: createCarryRequests({ ...ports, holds, keys, clock, onError }),
    restoreWindow,
  });
  const sweep = new HoldSweep({
    ...{ holds, ledger: holdLedger, endHold, clock, onError },
    sources: { list: async () => [{ saleId: heldSaleId, epoch: mongo.epoch }], finished: () => undefined },
    isHandingOn: async () => false,
  });
  const cancelOrder = createCancelOrder({ ...ports, holds, holdLedger, clock, onCancel: onError, onError });
  const audit = createAudit(
    {
      ...{ sales, orders, holds, clock, repairs: ports.repairs, seals: ports.seals },
      recounts: { isDue: async () => false },
      ledgerContent: ({ epoch }) => turn('content', () => contentOf(world, epoch)),
      wrongTotals: () => turn('wrongTotals', () => wrongTotals(mongo)),
    },
    () => Promise.resolve(),
  );
  return { ...ports, holds, endHold, persistClaims, recovery, sweep, cancelOrder, audit };
}

function contentOf({ redis, fake }: HoldWorld, epoch: number) {
  const keys = redis.epochs.get(epoch);
  if (keys === undefined) return null;
  const { remaining, nextUnit, seq } = keys;
  const holders = [...keys.holders.values()];
  return {
    ...{ remaining, nextUnit, seq, quantity: keys.terms.quantity, deadLetters: 0, holders },
    live: !redis.isClosed(epoch),
    returned: [...keys.returned],
    waiting: [...redis.outbox(epoch).values()].map(({ claim }) => claim),
    holds: {
      due: [...fake.dueIn(epoch).keys()],
      sold: holders.filter(({ slot, customerId }) => fake.soldIn(epoch).has(`${slot}:${customerId}`)),
    },
  };
}

function wrongTotals(mongo: FakeMongo) {
  const customers = new Set([...mongo.orders.values()].map(({ customerId }) => customerId));
  return [...customers]
    .map((customerId) => ({
      ...{ customerId, stored: mongo.totals.get(customerId) ?? 0, counted: mongo.countOf(customerId) },
    }))
    .filter(({ stored, counted }) => stored !== counted);
}
