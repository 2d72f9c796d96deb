import { expect, test } from 'vitest';
import { CurrentSale } from '../../src/sale/current-sale.ts';
import { BuyTally, type TallyRecord } from '../../src/seal/buy-tally.ts';
import { usd } from '../_support/usd.ts';

test('a request that is repeated in later sales does not erase the counts of its own sale', async () => {
  using current = new CurrentSale({ now: () => 1 });
  const written = new Map<string, TallyRecord>();
  const store = {
    write: async (record: TallyRecord) => void written.set(record.saleId, record),
    ofSale: async () => [],
    pressedIn: async () => null,
  };
  const tally = new BuyTally({
    ...{ current, store, nodeId: 'a' },
    onError: (error) => {
      throw error;
    },
  });
  const show = (id: string) =>
    current.replace({
      sale: {
        ...{ id, product: { name: 'x', price: usd(1) }, perCustomer: 1, simulated: false, createdAt: 0 },
        terms: { revision: 1, quantity: 1, startsAt: 0, endsAt: null, paused: false, reason: null },
      },
      ...{ epoch: 1, stock: { remaining: 1, seq: 0 }, lastClaimAt: null, available: true },
    });
  for (const id of ['one', 'two', 'three', 'four', 'five']) {
    show(id);
    tally.count('claimed', 1, id);
    tally.count('sold_out', 1);
    await tally.stop();
  }
  tally.count('replayed', 1, 'one');
  tally.count('replayed', 1, 'two');
  await tally.stop();
  expect(written.get('one')?.answers).toEqual({ claimed: 1, sold_out: 1 });
  expect(written.get('two')?.answers).toEqual({ claimed: 1, sold_out: 1, replayed: 1 });
});
