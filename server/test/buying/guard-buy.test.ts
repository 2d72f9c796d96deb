import { expect, test } from 'vitest';
import type { RefusedIn } from '../../src/buying/buy.ts';
import { createGuardedBuy } from '../../src/buying/guard-buy.ts';
import { unlimitedNetwork } from '../../src/limits/network-limits.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { usd } from '../_support/usd.ts';

test('a refusal of the guard is counted with the time that it took', () => {
  const refused: [string, number][] = [];
  let now = 0;
  const buy = createGuardedBuy({
    buy: () => {
      throw new Error('nothing is bought');
    },
    blocked: { has: () => true } as never,
    challenge: { isRequired: () => false, hasPassed: () => true },
    current: { snapshot: null } as never,
    now: () => {
      now += 7;
      return now;
    },
    access: { isPass: () => false },
    clock: { now: () => 0 },
    onPress: () => undefined,
    onRefused: (...refusal) => void refused.push(refusal),
  });
  const identity = { customerId: 'ann', accountCreatedAt: null } as never;
  expect(buy({ identity, network: unlimitedNetwork }, { requestId: 'r' })).toMatchObject({
    code: 'forbidden',
  });
  expect(refused).toEqual([['forbidden', 7]]);
});

const saleOf = (id: string, createdAt: number, presale?: { codesUntil: null }): SaleRecord => ({
  ...{ id, product: { name: 'x', price: usd(1) }, perCustomer: 1, simulated: false, createdAt },
  terms: {
    ...{ revision: 1, quantity: 5, startsAt: 0, endsAt: null, paused: false, reason: null },
    ...(presale && { presale }),
  },
});

/** A guard of a node that knows the old sale, and what it asked of the buy. */
function guardOfOldSale() {
  const pressed: string[] = [];
  const old = saleOf('old', 0);
  let refusedIn: RefusedIn = () => null;
  const buy = createGuardedBuy({
    buy: (_customerId, _request, asked = () => null) => {
      refusedIn = asked;
      return { ok: false, code: 'sale_not_active', message: '' };
    },
    blocked: { has: () => false } as never,
    challenge: { isRequired: () => false, hasPassed: () => true },
    access: { isPass: (text, { saleId, customerId }) => text === `${saleId} ${customerId}` },
    clock: { now: () => 5 },
    current: { snapshot: { sale: old } } as never,
    now: () => 0,
    onPress: (customerId) => void pressed.push(customerId),
    onRefused: () => undefined,
  });
  return { buy, pressed, old, inSale: (sale: SaleRecord) => refusedIn(sale)?.code ?? null };
}

test('a newer sale that a buy meets behind the guard asks for a pass of its own presale, and for older accounts', async () => {
  const { buy, old, inSale } = guardOfOldSale();
  const next = saleOf('new', 3, { codesUntil: null });
  const press = (saleId?: string, access?: string, accountCreatedAt: number | null = null) =>
    buy(
      { identity: { customerId: 'ann', accountCreatedAt } as never, network: unlimitedNetwork, access },
      { requestId: 'r', ...(saleId && { saleId }) },
    );
  for (const saleId of [undefined, 'new']) {
    await press(saleId);
    expect(inSale(next)).toBe('access_code_needed');
    await press(saleId, 'old ann');
    expect(inSale(next)).toBe('access_code_needed');
    await press(saleId, 'new ann');
    expect(inSale(next)).toBe(null);
    await press(saleId, 'new ann', -1);
    expect(inSale(saleOf('new', -2))).toBe('account_too_new');
    expect(inSale(saleOf('new', 3))).toBe(null);
  }
  await press();
  // The guard itself has asked this one; not with these terms.
  expect(inSale(old)).toBe(null);
  expect(inSale(saleOf('old', 0, { codesUntil: null }))).toBe('access_code_needed');
  await press('another');
  expect(inSale(next)).toBe(null);
});

test('a press is one for the current sale, unless it names another one', async () => {
  const { buy, pressed } = guardOfOldSale();
  const buyer = (customerId: string) => ({
    ...{ identity: { customerId, accountCreatedAt: null } as never, network: unlimitedNetwork },
  });
  await buy(buyer('ann'), { requestId: 'r' });
  await buy(buyer('bob'), { requestId: 'r', saleId: 'old' });
  await buy(buyer('eve'), { requestId: 'r', saleId: 'earlier' });
  expect(pressed).toEqual(['ann', 'bob']);
});
