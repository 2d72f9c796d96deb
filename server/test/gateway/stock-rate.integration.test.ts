import type { Stock } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

const perSecondMax = 20;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

/** Remembers when each count came. */
const watch = async (node: Shop['nodes'][number]) => {
  const { socket } = await shop.shopper(null, node);
  const seen: { at: number; stock: Stock }[] = [];
  socket.on('stock', (stock) => seen.push({ at: performance.now(), stock }));
  return seen;
};

describe('the stock', () => {
  it.each([
    ['some are left', 310],
    ['the sale is sold out', 300],
  ])(
    'arrives at most 20 times a second while 300 units sell at once, and is right at the end, when %s',
    async (_what, quantity) => {
      const sale = await shop.startSale({ quantity });
      const watched = await Promise.all(shop.nodes.map(watch));
      const tokens = await Promise.all(Array.from({ length: 300 }, (_, i) => shop.token(`buyer-${i}`)));
      const startedAt = performance.now();
      const answers = await Promise.all(
        tokens.map((token, i) => {
          const node = shop.nodes[i % 2];
          return shop.request('POST', '/buy', { token, ...(node === undefined ? {} : { node }) });
        }),
      );
      expect(answers.filter((each) => each.status === 201)).toHaveLength(300);

      const { seq } = (await shop.status()).sale;
      for (const seen of watched) {
        await eventually(() => {
          expect(seen.at(-1)?.stock).toEqual({ saleId: sale.id, remaining: quantity - 300, seq });
        });
        const seqs = seen.map(({ stock }) => stock.seq);
        expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
        const seconds = ((seen.at(-1)?.at ?? 0) - startedAt) / 1000;
        expect(seen.length).toBeLessThanOrEqual(Math.ceil(seconds * perSecondMax) + 1);
      }
    },
  );
});
