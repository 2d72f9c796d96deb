import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import { expect, it } from 'vitest';
import type { Hold, HoldEnd, HoldRecord } from '../../src/sale/hold.ts';
import type { StoredOrder } from '../../src/sale/order.ts';
import type { LedgerContent } from '../../src/seal/audit-ledger.ts';
import { type AuditedStores, auditedSale, auditOf, broken, ledgerOf, orderOf } from '../_support/audited.ts';
import { usd } from '../_support/usd.ts';

const payment = { holdSeconds: 60, holdsMax: 2 };
const audited = { ...auditedSale, terms: { ...auditedSale.terms, quantity: 5, payment } };
/** The time of the audit. */
const now = 1_000_000;

const holdOf = (customerId: string, unit: number, more: Partial<Hold> = {}): Hold => {
  const { status: _, confirmedAt: __, ...claim } = orderOf(customerId, unit);
  const tryNumber = more.tryNumber ?? 1;
  return {
    ...{ ...claim, id: `${claim.saleId}:${customerId}:1:${tryNumber}`, tryNumber },
    ...{ heldAt: now - 30_000, payBy: now + 30_000, letGo: false, ...more },
  };
};
const endOf = (outcome: HoldEnd['outcome'], more: Partial<HoldEnd> = {}): HoldEnd => ({
  ...{ outcome, at: now - 1_000, by: 'x' },
  ...(outcome === 'paid' && { payment: { reference: 'p', amountMinor: usd(1).minor, currency: 'USD' } }),
  ...more,
});
const record = (hold: Hold, end: HoldEnd | null = null, isDone = true): HoldRecord => ({
  ...{ hold, end },
  ...(end !== null && { isDone }),
});

/** Ann has not paid yet, Bob has, Cem's hold has expired and he holds another unit, Dan has given his up; unit 5 was never held. */
const [ann, bob, dan] = [holdOf('ann', 1), holdOf('bob', 2), holdOf('dan', 4, { letGo: true })];
const cemBefore = holdOf('cem', 3, { payBy: now - 5_000, letGo: true });
const cem = holdOf('cem', 3, { tryNumber: 2, seq: 7 });
const bobsOrder = orderOf('bob', 2);
const records = [
  record(ann),
  record(bob, endOf('paid')),
  record(cemBefore, endOf('expired')),
  record(cem),
  record(dan, endOf('released')),
];
const ledgerWith = (more: Partial<LedgerContent> = {}): LedgerContent => ({
  ...ledgerOf([ann, bob, cem] as unknown as StoredOrder[], {
    quantity: 5,
    remaining: 2,
    nextUnit: 5,
    returned: [4],
  }),
  holds: { due: [ann.id, cem.id], sold: [{ customerId: 'bob', slot: 1, seq: bob.seq }] },
  ...more,
});
const sound: AuditedStores = { ledger: ledgerWith(), orders: [bobsOrder], holds: records };
const audit = (stores: Partial<AuditedStores>, later?: Partial<AuditedStores>): Promise<AuditReport> =>
  auditOf(
    [stores, ...(later === undefined ? [] : [later])].map((each) => ({ ...sound, ...each })),
    { audited, now },
  );
const instead = (...changed: HoldRecord[]) => {
  const ids = new Set(changed.map(({ hold }) => hold.id));
  return [...records.filter(({ hold }) => !ids.has(hold.id)), ...changed];
};

it('a sale with open, paid, expired and released holds is clean, and the audit counts them', async () => {
  const report = await audit({});
  expect([report.clean, broken(report)]).toEqual([true, []]);
  expect(report).toMatchObject({
    ...{ orders: 1, claims: 3, remaining: 2 },
    holds: { open: 2, paid: 1, expired: 1, released: 1, overdue: 0 },
  });
  const sums = report.checks.find(({ invariant }) => invariant.includes('in checkout'));
  expect(sums?.detail).toContain('2 + 2 + 1 = 5');
});

it.each<[what: string, Partial<AuditedStores>, string[]]>([
  [
    'a payment whose order was lost, while it says that all is done',
    { orders: [] },
    ['every paid hold has its order', 'Redis counts as sold what has an order'],
  ],
  [
    'a payment whose order is missing for longer than that takes',
    { orders: [], holds: instead(record(bob, endOf('paid', { at: now - 31_000 }), false)) },
    [
      'every paid hold has its order',
      'what follows from the end of a hold is done',
      'Redis counts as sold what has an order',
    ],
  ],
  [
    'an order that was not paid',
    { holds: instead(record(bob)) },
    ['every order has a paid hold', 'the sweep will find every open hold'],
  ],
  [
    'an order on another unit than the one that was paid',
    { orders: [{ ...bobsOrder, unit: 5 }] },
    ['every paid hold has its order', 'every order has a paid hold'],
  ],
  [
    'a hold that is open long after its time to pay',
    { holds: instead(record({ ...ann, payBy: now - 61_000 })) },
    ['every hold ends once its time to pay is over'],
  ],
  [
    'an end that no node carries out',
    { holds: instead(record(dan, endOf('released', { at: now - 31_000 }), false)) },
    ['what follows from the end of a hold is done'],
  ],
  [
    'a hold that expired before its time to pay was over',
    { holds: instead(record({ ...cemBefore, payBy: now + 1 }, endOf('expired'))) },
    ['no hold expires before its time to pay is over'],
  ],
  [
    'a payment of another amount',
    {
      holds: instead(
        record(bob, endOf('paid', { payment: { reference: 'p', amountMinor: 99, currency: 'USD' } })),
      ),
    },
    ['every payment is the price of its unit'],
  ],
  [
    'a payment in another currency',
    {
      holds: instead(
        record(bob, endOf('paid', { payment: { reference: 'p', amountMinor: 100, currency: 'EUR' } })),
      ),
    },
    ['every payment is the price of its unit'],
  ],
  [
    'a hold that was paid with nothing',
    { holds: instead(record(bob, { outcome: 'paid', at: now, by: 'x' })) },
    ['every payment is the price of its unit'],
  ],
  [
    'two open holds of one unit',
    { holds: instead(record({ ...cem, unit: 1 })) },
    [
      'every claim is in MongoDB or still in the outbox',
      'every unit has one hold or order at most',
      'every open hold has its unit in Redis',
    ],
  ],
  [
    'a hold of a unit that is another customer’s order',
    { holds: instead(record({ ...ann, unit: 2 })) },
    [
      'every claim is in MongoDB or still in the outbox',
      'every unit has one hold or order at most',
      'every open hold has its unit in Redis',
    ],
  ],
  [
    'a unit that was let go while its hold was open',
    { holds: instead(record({ ...ann, letGo: true })) },
    ['no unit is let go before its hold has ended or its order was cancelled'],
  ],
  [
    'a second try while the first is open',
    { holds: instead(record({ ...cemBefore, unit: 5, letGo: false })) },
    [
      'each try begins after the one before it has ended',
      'every open hold has its unit in Redis',
      'the sweep will find every open hold',
    ],
  ],
  [
    'a third try where two are allowed',
    {
      holds: [
        ...records.filter(({ hold }) => hold !== cem),
        record({ ...cem, seq: 6, letGo: true }, endOf('expired', { at: cem.payBy })),
        record(holdOf('cem', 3, { tryNumber: 3, seq: 7 })),
      ],
    },
    ['no customer tries more often than the sale allows', 'the sweep will find every open hold'],
  ],
  [
    'units that Redis counts as sold and no customer holds',
    {
      ledger: ledgerWith({
        holds: {
          due: [ann.id, cem.id],
          sold: [
            { customerId: 'bob', slot: 1, seq: 2 },
            { customerId: 'eve', slot: 1, seq: 9 },
          ],
        },
      }),
    },
    ['Redis: remaining + in checkout + sold = quantity', 'Redis counts as sold what has an order'],
  ],
  [
    'a paid unit that Redis counts as in checkout',
    { ledger: ledgerWith({ holds: { due: [ann.id, cem.id], sold: [] } }) },
    ['Redis counts as sold what has an order'],
  ],
  [
    'an open hold whose unit is free in Redis',
    { ledger: ledgerWith({ holders: [bob, cem], remaining: 3, returned: [1, 4] }) },
    ['every open hold has its unit in Redis'],
  ],
  [
    'a hold that has ended and keeps its unit in Redis',
    { ledger: ledgerWith({ holders: [ann, bob, cem, dan], remaining: 1, returned: [] }) },
    ['no hold that has ended keeps its unit in Redis'],
  ],
  [
    'an open hold that the sweep does not know',
    { ledger: ledgerWith({ holds: { due: [cem.id], sold: [{ customerId: 'bob', slot: 1, seq: 2 }] } }) },
    ['the sweep will find every open hold'],
  ],
  [
    'a claim that became no hold',
    {
      ledger: ledgerWith({
        holders: [ann, bob, cem, holdOf('fay', 5)],
        remaining: 1,
        nextUnit: 6,
        returned: [4],
      }),
    },
    ['every claim is in MongoDB or still in the outbox'],
  ],
])('%s is found', async (_what, stores, expected) => {
  expect(broken(await audit(stores)).sort()).toEqual([...expected].sort());
});

it('ends that are being carried out, and what happens between two looks, is no violation', async () => {
  // Dan's unit is not free in Redis yet, and Bob has paid and has no order yet.
  const beingDone = await audit({
    ledger: ledgerWith({
      holders: [ann, bob, cem, dan],
      remaining: 1,
      returned: [],
      holds: { due: [ann.id, cem.id], sold: [] },
    }),
    orders: [],
    wrong: [{ customerId: 'bob', stored: 0, counted: 1 }],
    holds: instead(record(bob, endOf('paid'), false), record(dan, endOf('released'), false)),
  });
  expect(broken(beingDone)).toEqual([]);
  // Ann's hold is written while the stores are read, and paid before the next look.
  const paid = { orders: [bobsOrder, orderOf('ann', 1)], holds: instead(record(ann, endOf('paid'))) };
  const sold = [bob, ann].map(({ customerId, slot, seq }) => ({ customerId, slot, seq }));
  const moving = await audit(
    {
      ledger: ledgerWith({
        holders: [bob, cem],
        remaining: 3,
        nextUnit: 5,
        returned: [1, 4],
        holds: { due: [cem.id], sold: sold.slice(0, 1) },
      }),
    },
    { ...paid, ledger: ledgerWith({ holds: { due: [cem.id], sold } }) },
  );
  expect(broken(moving)).toEqual([]);
  // A writer has inserted the hold, and has not said yet when it is due.
  const waiting = await audit({
    ledger: ledgerWith({ waiting: [ann], holds: { due: [cem.id], sold: sold.slice(0, 1) } }),
  });
  expect(broken(waiting)).toEqual([]);
});

it('a past sale that Redis no longer has counts its holds from MongoDB', async () => {
  const report = await auditOf([{ ...sound, ledger: null }], { audited, now, current: 'a-newer-one' });
  expect(report).toMatchObject({ clean: true, orders: 1, claims: 3, remaining: 2 });
});
