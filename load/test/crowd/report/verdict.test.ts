import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import { describe, expect, test } from 'vitest';
import type { Purchase } from '../../../crowd/customers/buyer.ts';
import { type Evidence, judge } from '../../../crowd/report/verdict.ts';

const saleAfter: Sale = {
  id: 's',
  product: { name: 'iPhone', price: 999, currency: 'USD', priceMinor: 99_900 },
  quantity: 2,
  remaining: 0,
  seq: 2,
  status: 'sold_out',
  available: true,
  soldOutAt: '2026-01-01T00:00:00.500Z',
  startsAt: '2026-01-01T00:00:00.000Z',
  endsAt: null,
  perCustomer: 1,
  version: 1,
  simulated: false,
  reason: null,
  serverTime: '2026-01-01T00:00:01.000Z',
};
const audit: AuditReport = {
  saleId: 's',
  clean: true,
  quantity: 2,
  orders: 2,
  claims: 2,
  remaining: 0,
  outbox: 0,
  poisoned: 0,
  recoveries: 0,
  restored: 0,
  revoked: 0,
  checks: [{ invariant: 'units', holds: true, detail: '', offending: [] }],
};

function winner(customerId: string, unit: number): Purchase {
  const holding = { orderId: `s:${customerId}:1`, unit, status: 'confirmed', holder: customerId };
  return { customerId, outcome: 'claimed', holdings: [holding], scalper: false, changedAnswer: false };
}

function loser(customerId: string, outcome = 'sold_out'): Purchase {
  return { customerId, outcome, holdings: [], scalper: false, changedAnswer: false };
}

function good(): Evidence {
  return {
    saleId: 's',
    sales: [{ ...saleAfter }, { ...saleAfter }],
    buyers: 3,
    purchases: [winner('a', 1), winner('b', 2), loser('c')],
    watched: { spectators: 4, lastCounts: { 0: 4 } },
    spectators: 4,
    audit: { ...audit },
  };
}

function broken(evidence: Evidence): string[] {
  return judge(evidence).flatMap(({ holds, says }) => (holds ? [] : [says]));
}

test('a sale as it should be: every line holds', () => {
  expect(judge(good())).toHaveLength(9);
  expect(broken(good())).toEqual([]);
});

test('less demand than stock: every buyer got one', () => {
  const sales = [{ ...saleAfter, quantity: 5, remaining: 3 }];
  const evidence = { ...good(), sales, buyers: 2, purchases: [winner('a', 1), winner('b', 2)] };
  evidence.watched.lastCounts = { 3: 4 };
  expect(broken(evidence)).toEqual([]);
});

test('another customer bought in the same sale: their order counts', () => {
  const evidence = { ...good(), purchases: [winner('a', 1), loser('b'), loser('c')] };
  expect(broken(evidence)).toEqual([]);
  expect(judge(evidence)[0]?.says).toContain('1 of them not to this crowd');
});

describe('each broken promise is called so, and only that', () => {
  const breaches: [string, (evidence: Evidence) => void, RegExp][] = [
    ['a unit left although a buyer was refused', (e) => Object.assign(e, leftOver()), /sold 1 of 2/],
    [
      'an order that the database does not have',
      (e) => (e.audit = { ...audit, orders: 1 }),
      /sold 1 of 2 to 3 shoppers, 1 fewer than were claimed/,
    ],
    ['the same unit twice', (e) => (e.purchases[1] = winner('b', 1)), /unit 1: s:a:1 and s:b:1/],
    ['a unit beyond the stock', (e) => (e.purchases[1] = winner('b', 3)), /unit 3 of s:b:1/],
    ['a claim that stays a claim', (e) => setStatus(e, 'claimed'), /not confirmed: b claimed/],
    [
      'another’s order',
      (e) => Object.assign(e.purchases[0]?.holdings[0] ?? {}, { holder: 'z' }),
      /held by z/,
    ],
    [
      'a changed answer',
      (e) => Object.assign(e.purchases[2] ?? {}, { changedAnswer: true }),
      /same request: c/,
    ],
    ['no answer', (e) => (e.purchases[2] = loser('c', 'no_answer')), /without an answer: c no_answer/],
    ['unavailable to the end', (e) => (e.purchases[2] = loser('c', 'unavailable')), /c unavailable/],
    ['a shopper who never got in', (e) => e.purchases.pop(), /1 that could not connect/],
    [
      'nodes that disagree',
      (e) => Object.assign(e.sales[1] ?? {}, { remaining: 1 }),
      /nodes differ: s: 0, s: 1/,
    ],
    ['a spectator left behind', (e) => (e.watched.lastCounts = { 0: 3, 1: 1 }), /1 saw 1/],
    ['a spectator who saw nothing', (e) => (e.watched.lastCounts = { 0: 3, none: 1 }), /1 saw none/],
    ['a spectator who never got in', (e) => (e.watched.lastCounts = { 0: 3 }), /1 could not connect/],
    ['an audit that finds something', (e) => (e.audit = dirtyAudit()), /units \(two\)/],
    ['an audit that checks nothing', (e) => (e.audit = { ...audit, checks: [] }), /checks nothing/],
  ];
  test.each(breaches)('%s', (_, breach, says) => {
    const evidence = good();
    breach(evidence);
    const lines = broken(evidence);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(says);
  });

  test('one customer with two units', () => {
    const evidence = good();
    evidence.purchases = [
      {
        ...winner('a', 1),
        holdings: [
          ...winner('a', 1).holdings,
          { orderId: 's:a:2', unit: 2, status: 'confirmed', holder: 'a' },
        ],
      },
      loser('b'),
      loser('c'),
    ];
    expect(broken(evidence)).toEqual(['wrong holders: a has 2']);
  });

  test('no sale, another sale, no audit', () => {
    expect(broken({ ...good(), sales: [] })).toEqual(['GET /status told no sale']);
    expect(broken({ ...good(), saleId: 'r' })).toEqual([
      'another sale, s, has replaced r: nothing can be said',
    ]);
    expect(broken({ ...good(), audit: null })).toEqual(['the server’s own audit gave no answer']);
  });
});

function leftOver(): Partial<Evidence> {
  return {
    sales: [{ ...saleAfter, remaining: 1 }],
    purchases: [winner('a', 1), loser('b'), loser('c')],
    watched: { spectators: 4, lastCounts: { 1: 4 } },
    audit: { ...audit, orders: 1 },
  };
}

function dirtyAudit(): AuditReport {
  return {
    ...audit,
    clean: false,
    checks: [{ invariant: 'units', holds: false, detail: 'two', offending: [] }],
  };
}

function setStatus(evidence: Evidence, status: string): void {
  for (const holding of evidence.purchases[1]?.holdings ?? []) holding.status = status;
}

test('each variant is checked against its own units and buyers, and each buyer against the variant that they wanted', () => {
  const priced = { price: 999, currency: 'USD', priceMinor: 99_900 };
  const variants = [
    { sku: 'S', name: 'Small', quantity: 1, remaining: 0, ...priced },
    { sku: 'L', name: 'Large', quantity: 1, remaining: 1, ...priced },
  ];
  const sale = { ...saleAfter, remaining: 1, variants };
  const wanting = (purchase: Purchase, got = 'S'): Purchase => ({
    ...purchase,
    variant: 'S',
    holdings: purchase.holdings.map((holding) => ({ ...holding, variant: got })),
  });
  const ofVariants = [
    { sku: 'S', quantity: 1, orders: 1, remaining: 0 },
    { sku: 'L', quantity: 1, orders: 0, remaining: 1 },
  ];
  const evidence: Evidence = {
    ...good(),
    sales: [sale, sale],
    buyers: 2,
    purchases: [wanting(winner('a', 1)), wanting(loser('b'))],
    watched: { spectators: 4, lastCounts: { 1: 4 } },
    audit: { ...audit, orders: 1, claims: 1, remaining: 1, variants: ofVariants },
  };
  expect(broken(evidence)).toEqual([]);
  const other = [wanting(winner('a', 1), 'L'), wanting(loser('b'))];
  expect(broken({ ...evidence, purchases: other }).join()).toContain('a wanted S and got L');
  const oversold = ofVariants.map((each) => (each.sku === 'S' ? { ...each, orders: 2 } : each));
  const audited = { ...audit, orders: 2, variants: oversold };
  expect(broken({ ...evidence, audit: audited }).join()).toContain('S: 2 of 1');
});
