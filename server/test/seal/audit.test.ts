import { expect, it } from 'vitest';
import type { StoredOrder } from '../../src/sale/order.ts';
import type { SealStore } from '../../src/seal/seal.ts';
import { createSealSale } from '../../src/seal/seal-sale.ts';
import { auditedSale, auditOf, broken, ledgerOf, orderOf } from '../_support/audited.ts';
import { usd } from '../_support/usd.ts';

const [ann, bob] = [orderOf('ann', 1), orderOf('bob', 2)];
const sale = auditedSale;

it('an audit that reads the stores in the middle of a cancellation, of a buy and of a count finds nothing', async () => {
  const cancelled: StoredOrder = { ...ann, status: 'cancelled' };
  const report = await auditOf([
    { ledger: ledgerOf([ann, bob]), orders: [cancelled, bob] },
    { ledger: ledgerOf([bob], { nextUnit: 3, returned: [1] }), orders: [cancelled] },
    {
      ledger: ledgerOf([bob], { nextUnit: 3, returned: [1] }),
      orders: [cancelled, bob],
      wrong: [{ customerId: 'bob', stored: 0, counted: 1 }],
    },
    { ledger: ledgerOf([bob], { nextUnit: 3, returned: [1] }), orders: [cancelled, bob] },
  ]);
  expect([report.clean, broken(report)]).toEqual([true, []]);
});

it('a customer whose claim is still in the outbox is not counted yet', async () => {
  const ledger = ledgerOf([ann], { waiting: [ann] });
  const wrong = [{ customerId: 'ann', stored: 0, counted: 1 }];
  expect(broken(await auditOf([{ ledger, orders: [ann], wrong }]))).toEqual([]);
  expect(broken(await auditOf([{ ledger: ledgerOf([ann]), orders: [ann], wrong }]))).toEqual([
    'customers’ total purchases are the count of their orders',
  ]);
});

it('a violation that is there in every pass is found, also while the sale goes on', async () => {
  const others = ['cem', 'dan', 'eve', 'fay', 'gus', 'hal'].map((name, index) => orderOf(name, 10 + index));
  // Bob holds a unit and has no order; each look finds a further buyer half way.
  const looks = others.map((_, index) => {
    const bought = others.slice(0, index);
    return {
      ledger: ledgerOf([ann, bob, ...others.slice(0, index + 1)], {
        ...{ quantity: 100, remaining: 97 - index, nextUnit: 4 + index },
      }),
      orders: [ann, ...bought],
    };
  });
  const report = await auditOf(looks);
  const lost = report.checks.find(
    ({ invariant }) => invariant === 'every claim is in MongoDB or still in the outbox',
  );
  expect(lost).toMatchObject({ holds: false, offending: [{ customerId: 'bob' }] });
});

it('sums that do not add up are found, whatever the figures are at each look', async () => {
  const looks = [0, 1, 2, 3, 4, 5].map((more) => ({
    ledger: ledgerOf([ann], { seq: more, quantity: 3 + more, remaining: 1 + more, nextUnit: 2 }),
    orders: [ann],
  }));
  expect(broken(await auditOf(looks))).toEqual(['Redis: remaining + held = quantity']);
});

const ranges = { S: [{ from: 1, to: 2 }], L: [{ from: 3, to: 3 }] };
const stockOf = (own: { from: number; to: number }[], remaining: number, nextUnit: number) => ({
  ...{ ranges: own, remaining, nextUnit },
});
it.each([
  ['whose units are those of its variants', ranges, [stockOf(ranges.S, 1, 2), stockOf(ranges.L, 1, 3)], []],
  [
    'whose Redis sells units of one variant as the other',
    ranges,
    [stockOf([{ from: 1, to: 1 }], 0, 2), stockOf([{ from: 2, to: 3 }], 2, 2)],
    ['Redis: each variant has the units that its terms say'],
  ],
  [
    'of which Redis has no variants',
    ranges,
    undefined,
    ['Redis: each variant has the units that its terms say'],
  ],
  [
    'of which a unit is of two variants',
    { S: ranges.S, L: [{ from: 2, to: 3 }] },
    [stockOf(ranges.S, 1, 2), stockOf([{ from: 2, to: 3 }], 1, 3)],
    ['every unit of the sale is of one variant', 'Redis: remaining + held = quantity of each variant'],
  ],
  [
    'of which a unit is of no variant',
    { S: ranges.S, L: [{ from: 4, to: 4 }] },
    [stockOf(ranges.S, 1, 2), stockOf([{ from: 4, to: 4 }], 1, 4)],
    ['every unit of the sale is of one variant'],
  ],
] as const)('a sale %s is judged so', async (_what, units, inRedis, expected) => {
  const variants = (['S', 'L'] as const).map((sku) => ({
    ...{ sku, name: sku, price: usd(1), ranges: [...units[sku]] },
  }));
  const orders = [{ ...ann, variant: 'S' }];
  const ledger = ledgerOf(orders, inRedis && { variants: inRedis.map((each) => ({ ...each })) });
  const audited = { ...sale, terms: { ...sale.terms, variants } };
  expect(broken(await auditOf([{ ledger, orders }], { audited }))).toEqual(expected);
});

it('a past sale that Redis no longer knows is judged by MongoDB alone, and the audit says so', async () => {
  const cancelled: StoredOrder = { ...ann, status: 'cancelled' };
  // Redis came back from its files, without its scripts; since then no node has written to it.
  const stale = ledgerOf([ann, bob], { live: false });
  for (const ledger of [stale, null]) {
    const report = await auditOf([{ ledger, orders: [cancelled, bob] }], { current: 'a-newer-one' });
    expect(report).toMatchObject({ clean: true, orders: 1, claims: 1, remaining: 2 });
    expect(report.notChecked).toMatchObject([{ why: 'gone' }]);
  }
  const left = ledgerOf([ann, bob], { live: false, waiting: [bob] });
  const report = await auditOf([{ ledger: left, orders: [ann] }], { current: 'a-newer-one' });
  expect(broken(report)).toEqual(['no claim was left in the outbox']);
});

it('while Redis is rebuilt, or customers are counted again, the audit says what is not known yet', async () => {
  const ledger = ledgerOf([], { live: false });
  const report = await auditOf([{ ledger, orders: [ann] }], { recounting: true });
  expect(report.clean).toBe(true);
  expect(report.notChecked?.map(({ why }) => why)).toEqual(['not_yet', 'not_yet']);
});

it.each([
  ['a claim waits in the outbox', { waiting: 1, deadLetters: 0 }, [], 'not_over'],
  ['an entry was set aside', { waiting: 0, deadLetters: 1 }, [], 'not_over'],
  ['an invariant is not known yet', { waiting: 0, deadLetters: 0 }, ['not_yet'], 'changed'],
  ['Redis no longer has the sale', { waiting: 0, deadLetters: 0 }, ['gone'], 'sealed'],
  ['all orders are written', { waiting: 0, deadLetters: 0 }, [], 'sealed'],
  ['the stock changes while its claims are read', { waiting: 0, deadLetters: 0, moves: true }, [], 'changed'],
] as const)('where %s, the sale is sealed only if that is no obstacle', async (_, depth, why, code) => {
  let seq = 0;
  const made: unknown[] = [];
  const seals: Partial<SealStore> = {
    key: () => Promise.reject(new Error('no claims')),
    async *claimsInOrder() {},
    newest: async () => null,
    insert: async (seal) => {
      made.push(seal);
      return 'inserted';
    },
  };
  const sealSale = createSealSale({
    sales: {
      ...{ byId: async () => sale, current: async () => sale, epoch: async () => 1, windows: async () => [] },
    } as never,
    seals: { ...seals, key: async () => ({}) as never } as SealStore,
    holds: { countsOf: async () => ({ made: 0, paid: 0, expired: 0, released: 0, done: 0 }) },
    outbox: { depth: async () => depth },
    drain: async () => undefined as never,
    keys: {
      inspect: async () => ({
        ...{ open: true, stock: { remaining: 3, seq: 'moves' in depth ? seq++ : seq }, revision: 1 },
        lastClaimAt: null,
      }),
    },
    audit: async () =>
      ({ checks: [], notChecked: why.map((each) => ({ invariant: 'i', why: each, detail: 'd' })) }) as never,
    clock: { now: () => 10_000 },
  });
  expect((await sealSale(sale.id, false)).code).toBe(code);
  expect(made).toHaveLength(code === 'sealed' ? 1 : 0);
});
