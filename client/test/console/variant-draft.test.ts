import { priced } from '@flipzon/protocol/money.ts';
import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { describe, expect, test } from 'vitest';
import { requestOf } from '../../src/console/control/change.ts';
import { type PlanDraft, planDraftOf, readPlan } from '../../src/console/setup/plan.ts';
import {
  emptyVariant,
  readVariants,
  skusOf,
  type VariantDraft,
} from '../../src/console/variants/variant-draft.ts';

const variantOf = (part: Partial<VariantDraft>): VariantDraft => ({ ...emptyVariant(), ...part });
const hall = variantOf({ name: ' Saal ', quantity: '1.500' });
const balcony = variantOf({ name: 'Balkon', quantity: '20', price: '129,50' });
const german = { currency: 'EUR', salePrice: 8990, locales: ['de'] };

describe('the SKU of a variant', () => {
  test('is suggested from its name until it is typed', () => {
    const names = ['Plätze (Saal)', 'Größe 42½', 'ممر', ' '];
    expect(skusOf(names.map((name) => variantOf({ name })))).toEqual(['platze-saal', 'grosse-421-2', '', '']);
    expect(skusOf([variantOf({ name: 'Hall', sku: ' H-1 ' })])).toEqual(['H-1']);
    expect(skusOf([variantOf({ name: 'Hall', sku: '' })])).toEqual(['']);
    expect(skusOf([variantOf({ name: 'x'.repeat(40) })])[0]).toHaveLength(32);
  });

  test('is suggested once, also beside one that was typed', () => {
    const same = [variantOf({ name: 'Hall' }), variantOf({ name: 'Hall' }), variantOf({ sku: 'hall' })];
    expect(skusOf(same)).toEqual(['hall-2', 'hall-3', 'hall']);
  });
});

describe('variants that an operator types', () => {
  test('have their own units and prices, written as in the operator’s language, or the sale’s price', () => {
    const { variants, total } = readVariants([hall, balcony], german);
    expect(total).toBe(1520);
    expect(variants).toEqual([
      { sku: 'saal', name: 'Saal', quantity: 1500, price: { minor: 8990, currency: 'EUR' } },
      { sku: 'balkon', name: 'Balkon', quantity: 20, price: { minor: 12_950, currency: 'EUR' } },
    ]);
  });

  test.each([
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(61) }, 'name'],
    [{ name: 'ممر' }, 'sku'],
    [{ sku: '-a' }, 'sku'],
    [{ sku: 'B' }, 'taken'],
    [{ quantity: '0' }, 'quantity'],
    [{ price: '9,555' }, 'price'],
  ] as const)('with %o are none', (part, fault) => {
    const { variants, faults } = readVariants(
      [
        { ...balcony, sku: 'B' },
        { ...hall, ...part },
      ],
      german,
    );
    expect(variants).toBeNull();
    expect([...(faults[1] ?? [])]).toEqual([fault]);
    expect([...(faults[0] ?? [])]).toEqual([]);
  });

  test('are several, and no more units than a sale may have', () => {
    expect(readVariants([hall], german).faults[0]).toEqual(new Set(['few']));
    const many = variantOf({ name: 'A', quantity: '9000000' });
    expect(readVariants([many, { ...many, name: 'B' }], german).variants).toBeNull();
  });
});

describe('a plan with variants', () => {
  const sale = {
    product: { name: 'Concert', ...priced({ minor: 8990, currency: 'EUR' }) },
    quantity: 70,
    variants: [
      { sku: 'H', name: 'Hall', quantity: 50, ...priced({ minor: 8990, currency: 'EUR' }) },
      { sku: 'B', name: 'Balcony', quantity: 20, ...priced({ minor: 12_950, currency: 'EUR' }) },
    ],
    perCustomer: 1,
    simulated: false,
    startsAt: '2026-12-24T12:00:00.000Z',
    endsAt: null,
  } as unknown as SaleResult;
  const filled = (keepsTimes = true): PlanDraft =>
    planDraftOf(sale, { zone: 'UTC', nowMs: 0, keepsTimes }, ['de']);

  test('is edited and duplicated with them', () => {
    for (const draft of [filled(), filled(false)]) {
      expect(draft.variants.map(({ sku, price, quantity }) => [sku, price, quantity])).toEqual([
        ['H', '', '50'],
        ['B', '129,5', '20'],
      ]);
    }
  });

  test('is what the shop is asked for: the quantity is their sum', () => {
    const { plan } = readPlan({ ...filled(), quantity: 'none' }, { nowMs: 0, locales: ['de'] });
    if (plan === null) throw new Error('no plan');
    expect(requestOf({ kind: 'plan', plan }, null).body).toMatchObject({
      quantity: 70,
      price: 89.9,
      variants: [
        { sku: 'H', name: 'Hall', quantity: 50, price: 89.9 },
        { sku: 'B', name: 'Balcony', quantity: 20, price: 129.5 },
      ],
    });
  });

  test('is none while one of them is wrong, and has none after all were removed', () => {
    const [first, second] = filled().variants;
    if (first === undefined || second === undefined) throw new Error('no variants');
    const wrong = { ...filled(), variants: [first, { ...second, quantity: '' }] };
    const read = readPlan(wrong, { nowMs: 0, locales: ['de'] });
    expect([read.plan, ...read.faults]).toEqual([null, 'variants']);
    const { plan } = readPlan({ ...filled(), variants: [] }, { nowMs: 0, locales: ['de'] });
    expect(plan).not.toHaveProperty('variants');
    expect(plan?.quantity).toBe(70);
  });
});
