import type { Order } from '@flipzon/protocol/schemas.ts';

/** An order as the answer to a buy shows it. */
export const claimedOrder: Order = {
  id: 's:c:1',
  saleId: 's',
  customerId: 'c',
  unit: 1,
  ...{ price: 999, currency: 'USD', priceMinor: 99_900 },
  status: 'claimed',
  claimedAt: '2026-01-01T00:00:00.000Z',
  confirmedAt: null,
};
