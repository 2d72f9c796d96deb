import { expect, it } from 'vitest';
import { nextTurn, onPage, type SaleOnPage } from '../../src/operator/plan-turns.ts';
import { type SalePlan, saleOfPlan } from '../../src/sale/sale-plan.ts';
import { usd } from '../_support/usd.ts';

const minute = 60_000;
const now = 1_000 * minute;
const plan = (startsIn: number, more: Partial<SalePlan> = {}): SalePlan => ({
  id: `in-${startsIn}`,
  product: { name: 'iPhone', price: usd(999) },
  quantity: 10,
  perCustomer: 1,
  simulated: false,
  startsAt: now + startsIn * minute,
  endsAt: null,
  createdAt: 0,
  createdBy: 'olga',
  ...more,
});
const sale = (endsIn: number | null, more: Partial<SaleOnPage> = {}): SaleOnPage => ({
  terms: {
    revision: 1,
    quantity: 10,
    startsAt: now - 100 * minute,
    endsAt: endsIn === null ? null : now + endsIn * minute,
    paused: false,
    reason: null,
  },
  remaining: 5,
  lastClaimAt: now - minute,
  ...more,
});
const paused = (from: SaleOnPage): SaleOnPage => ({ ...from, terms: { ...from.terms, paused: true } });

it.each<[string, SaleOnPage | null, SalePlan[], [id: string, inMinutes: number] | null]>([
  ['an hour before its opening, while there is no sale', null, [plan(90)], ['in-90', 30]],
  ['when the sale before it ends', sale(40), [plan(90)], ['in-90', 40]],
  ['at the instant at which one ends and the other opens', sale(40), [plan(40)], ['in-40', 40]],
  ['not while the sale before it still sells', sale(40), [plan(39)], null],
  ['not after a sale without an end', sale(null), [plan(10)], null],
  ['when the one before it has ended', sale(-1), [plan(30)], ['in-30', -1]],
  [
    'at its opening, if the sale before it is sold out',
    sale(null, { remaining: 0 }),
    [plan(10)],
    ['in-10', 10],
  ],
  ['also where that one ends later', sale(40, { remaining: 0 }), [plan(10)], ['in-10', 10]],
  ['not while that one is paused', paused(sale(null, { remaining: 0 })), [plan(10)], null],
  ['never after its opening has passed while another sold', sale(-5), [plan(-10)], null],
  ['never when its opening is long past', null, [plan(-2)], null],
  ['a moment late where the shop was down', null, [plan(-0.5)], ['in--0.5', -60.5]],
  [
    'never after another one was sold out too late',
    sale(null, { remaining: 0, lastClaimAt: now }),
    [plan(-0.5)],
    null,
  ],
  ['not once its end has passed', null, [plan(-0.5, { endsAt: now })], null],
  ['past one that cannot', sale(40), [plan(39), plan(50)], ['in-50', 40]],
])('a plan takes the page %s', (_when, onPage, plans, expected) => {
  const turn = nextTurn(onPage, plans, now);
  expect(turn && [turn.plan.id, (turn.at - now) / minute]).toEqual(expected);
});

it('waits for the payments of the sale before it', () => {
  const payment = { holdSeconds: 600, holdsMax: 2 };
  const paidSale = saleOfPlan({ ...plan(-100), payment });
  const turn = (sold: number) => {
    const stock = { remaining: 0, seq: 20, sold };
    return nextTurn(onPage({ sale: paidSale, stock, lastClaimAt: now }), [plan(10)], now);
  };
  expect(turn(9)).toBeNull();
  expect(turn(10)).toMatchObject({ plan: { id: 'in-10' } });
});
