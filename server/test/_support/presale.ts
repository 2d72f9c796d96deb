import type { AccessAnswer, GeneratedAnswer } from '@flipzon/protocol/presale.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import { expect } from 'vitest';
import type { Address, Shop } from './shop.ts';

/** What operators and customers do in a presale. `shopOf`: of the file's tests, which open it before them. */
export function presaleIn(shopOf: () => Shop) {
  return {
    withPresale: (more: object = {}) =>
      shopOf().startSale({ quantity: 9, presale: { codesUntil: null }, ...more }),

    async codesOf(sale: Pick<Sale, 'id'>, count: number): Promise<string[]> {
      const path = `/sales/${sale.id}/access-codes`;
      const answer = await shopOf().operate<GeneratedAnswer>('POST', path, { count });
      expect(answer.status).toBe(201);
      return answer.body.codes;
    },

    async redeem(
      sale: Pick<Sale, 'id'>,
      customerId: string,
      code: string,
      node?: Address,
      from = '203.0.113.1',
    ) {
      return shopOf().request<AccessAnswer & { code: string; detail: string }>(
        'POST',
        `/sales/${sale.id}/access`,
        {
          token: await shopOf().token(customerId),
          body: { code },
          headers: { 'x-forwarded-for': from },
          ...(node === undefined ? {} : { node }),
        },
      );
    },

    async buy(customerId: string, access?: string, node?: Address) {
      return shopOf().request('POST', '/buy', {
        token: await shopOf().token(customerId),
        headers: access === undefined ? {} : { 'access-pass': access },
        ...(node === undefined ? {} : { node }),
      });
    },
  };
}
