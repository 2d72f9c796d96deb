import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  // Empty: the default limit, 5 in a second.
  shop = await openShop(inject('mongodbUri'), { nodes: 2, environment: { RATE_LIMIT_BUY: '' } });
});
afterAll(() => shop[Symbol.asyncDispose]());

interface Answer {
  status: number;
  code: string | undefined;
  retryAfterMs: number | undefined;
  retryAfter: number;
}

/** Every second one goes to the other node. */
const buys = (token: string, count: number): Promise<Answer[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, i): Promise<Answer> => {
      const node = shop.nodes[i % 2];
      const { status, headers, body } = await shop.request<{ code?: string; retryAfterMs?: number }>(
        'POST',
        '/buy',
        {
          token,
          ...(node === undefined ? {} : { node }),
        },
      );
      const retryAfter = Number(headers.get('retry-after'));
      return { status, code: body.code, retryAfterMs: body.retryAfterMs, retryAfter };
    }),
  );

describe('the rate of buys', () => {
  it('is limited to 5 a second for a customer over all nodes, and others are not affected', async () => {
    await shop.startSale({ quantity: 10 });
    const tokens = { ann: await shop.token('ann'), bob: await shop.token('bob') };
    const startedAt = performance.now();
    const [ofAnn, ofBob] = await Promise.all([buys(tokens.ann, 40), buys(tokens.bob, 5)]);
    const seconds = Math.floor((performance.now() - startedAt) / 1000) + 1;

    const refused = ofAnn.filter((each) => each.status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(40 - 5 * seconds);
    expect(refused.length).toBeGreaterThan(0);
    expect(ofAnn.filter((each) => each.status === 201)).toHaveLength(1);
    for (const each of refused) {
      expect(each.code).toBe('too_many_requests');
      expect(each.retryAfterMs).toBeGreaterThan(0);
      expect(each.retryAfterMs).toBeLessThanOrEqual(1000);
      expect(each.retryAfter).toBe(1);
    }
    expect(ofBob.map((each) => each.status).toSorted()).toEqual([201, 400, 400, 400, 400]);
  });

  it('counts buys for another sale too, over all nodes', async () => {
    await shop.startSale({ quantity: 10 });
    const token = await shop.token('eve');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => {
        const node = shop.nodes[i % 2];
        const body = { saleId: 'another-sale' };
        return shop.request('POST', '/buy', { token, body, ...(node === undefined ? {} : { node }) });
      }),
    );
    const codes = answers.map((answer) => answer.body.code);
    expect(codes.filter((code) => code === 'sale_not_active').length).toBeLessThanOrEqual(10);
    expect(codes.filter((code) => code === 'too_many_requests').length).toBeGreaterThanOrEqual(10);
  });

  it('lets the customer through again once retryAfterMs has passed', async () => {
    await shop.startSale({ quantity: 10 });
    const token = await shop.token('cem');
    const refused = (await buys(token, 40)).find((each) => each.status === 429);
    const again = performance.now() + (refused?.retryAfterMs ?? Number.NaN);
    await eventually(() => expect(performance.now()).toBeGreaterThan(again));
    const [one, other] = await buys(token, 2);
    expect([one?.code, other?.code]).toEqual(['already_purchased', 'already_purchased']);
  });

  it('does not make a customer who keeps pressing wait longer', async () => {
    await shop.startSale({ quantity: 10 });
    const token = await shop.token('dan');
    const startedAt = performance.now();
    await eventually(async () => {
      const answers = await buys(token, 20);
      expect(performance.now() - startedAt).toBeGreaterThan(1_100);
      expect(answers.some((each) => each.code === 'already_purchased')).toBe(true);
    });
  });
});
