import { expect, it } from 'vitest';
import { parsePayment, refusedPayment } from '../../src/operator/payment-terms.ts';

const price = { minor: 999, currency: 'USD' };
const free = { minor: 0, currency: 'USD' };
const variantAt = (each: typeof price) => ({
  sku: 'm',
  name: 'M',
  price: each,
  ranges: [{ from: 1, to: 1 }],
});

it('has defaults, and keeps what it is given', () => {
  expect(parsePayment({ payment: 'required' }, { price })).toEqual({ holdSeconds: 600, holdsMax: 2 });
  expect(parsePayment({ payment: 'required', holdSeconds: 60, holdsMax: 1 }, { price })).toEqual({
    holdSeconds: 60,
    holdsMax: 1,
  });
  expect(parsePayment({ payment: 'none' }, { price })).toBeUndefined();
});

it.each([{ holdSeconds: 600 }, { holdsMax: 2 }])('refuses %j without payment', (terms) => {
  expect(parsePayment({ payment: 'none', ...terms }, { price })).toMatchObject({ code: 'invalid_request' });
});

it('refuses a unit that costs nothing, and only asks about prices that are paid', () => {
  const required = { payment: 'required' } as const;
  expect(parsePayment(required, { price: free })).toMatchObject({ code: 'invalid_request' });
  expect(parsePayment(required, { price: free, variants: [variantAt(price)] })).toMatchObject({
    holdsMax: 2,
  });
  expect(parsePayment(required, { price, variants: [variantAt(price), variantAt(free)] })).toMatchObject({
    code: 'invalid_request',
  });
});

it('needs a provider', () => {
  const payment = { holdSeconds: 60, holdsMax: 1 };
  expect(refusedPayment({ payment }, false)).toMatchObject({ code: 'no_payment_provider' });
  expect(refusedPayment({ payment }, true)).toBeNull();
  expect(refusedPayment({}, false)).toBeNull();
});
