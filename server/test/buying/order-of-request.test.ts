import { expect, it } from 'vitest';
import { createOrderOfRequest } from '../../src/buying/order-of-request.ts';
import type { Hold } from '../../src/sale/hold.ts';
import type { SaleRecord } from '../../src/sale/sale.ts';
import { saleOf } from '../_support/sale-of.ts';
import { usd } from '../_support/usd.ts';

const hold: Hold = {
  ...{ id: 's:ann:1:1', saleId: 's', customerId: 'ann', slot: 1, unit: 7, seq: 9, requestId: 'r-1' },
  ...{
    claimedAt: 1,
    arrivedAt: 0,
    tryNumber: 1,
    heldAt: 2,
    payBy: 3,
    letGo: true,
    price: usd(5),
    variant: 'm',
  },
};
const orderOf = (payment: SaleRecord['terms']['payment']) =>
  createOrderOfRequest({
    orders: { byId: async () => null },
    holds: {
      inSale: async () => [{ hold, end: { outcome: 'expired', at: 3, by: 'sweep' } }],
    },
    sales: {
      byId: async () => {
        const sale = saleOf('s');
        return { ...sale, terms: { ...sale.terms, ...(payment && { payment }) } };
      },
    },
  });

it('finds the hold that a request made, however it ended, in a sale that requires payment', async () => {
  const find = orderOf({ holdSeconds: 60, holdsMax: 2 });
  expect(await find('s', 'ann', 'r-1')).toEqual({ claim: hold, price: usd(5), variant: 'm' });
  expect(await find('s', 'ann', 'r-2')).toBeNull();
});

it('asks for no hold in a sale without payment', async () => {
  expect(await orderOf(undefined)('s', 'ann', 'r-1')).toBeNull();
});
