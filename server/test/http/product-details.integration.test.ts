import type { OperatorActionsAnswer, SaleResult, SalesAnswer } from '@flipzon/protocol/operator.ts';
import type { Image } from '@flipzon/protocol/product.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { photo, uploadImage } from '../_support/upload-image.ts';

const description = 'Hand-blown glass.\n\n12 cm high, with a cork.';
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

let shop: Shop;
let image: Image;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
  ({ image } = (await uploadImage(shop, await photo(1))).body);
});
afterAll(() => shop[Symbol.asyncDispose]());

const details = () => ({ description, images: [{ id: image.id, alt: 'A blue bottle' }] });
const shown = () => ({ description, images: [{ ...image, alt: 'A blue bottle' }] });
const edit = (id: string, body: object) =>
  shop.operate<{ sale: Sale; code: string; detail: string }>('PATCH', `/sales/${id}`, body);

describe('what a sale offers', () => {
  it('is in /status and the answer to the operator on every node, and not in what all sockets are sent', async () => {
    const watcher = await shop.shopper(null);
    const sale = await shop.startSale({ name: 'Bottle', startsAt: inMinutes(5), ...details() });
    expect(sale.product).toMatchObject({ name: 'Bottle', ...shown(), edition: 1 });
    for (const node of shop.nodes) {
      await eventually(async () => {
        const { sale: there, product } = await shop.status(node);
        expect([there.product, product]).toMatchObject([sale.product, sale.product]);
      });
    }
    const slim = { name: 'Bottle', price: sale.product.price, edition: 1 };
    await eventually(() => {
      expect(watcher.sales.at(-1)?.id).toBe(sale.id);
      expect(watcher.sales.at(-1)?.product).toMatchObject(slim);
    });
    const latecomer = await shop.shopper(null);
    await eventually(() => expect(latecomer.sales.length).toBeGreaterThan(0));
    for (const { product } of [...watcher.sales, ...latecomer.sales]) {
      expect(product).not.toHaveProperty('description');
      expect(product).not.toHaveProperty('images');
    }
  });

  it('leaves no trace in a sale that has none', async () => {
    const { product } = await shop.startSale();
    expect(Object.keys(product).filter((key) => ['description', 'images', 'edition'].includes(key))).toEqual(
      [],
    );
    const { product: again } = await shop.startSale({ description: ' \n ', images: [] });
    expect(again).toEqual(product);
  });

  it('is kept with a plan until it is a sale, and in the list of sales after that', async () => {
    const planned = await shop.operate<{ sale: SaleResult }>('POST', '/sales', {
      name: 'Planned bottle',
      startsAt: inMinutes(90),
      ...details(),
    });
    expect(planned.body.sale.product).toMatchObject(shown());
    const { body } = await shop.operate('POST', `/sales/${planned.body.sale.id}/activate`);
    expect(body.sale.product).toMatchObject({ name: 'Planned bottle', ...shown() });
    const list = await shop.operate<SalesAnswer>('GET', '/operator/sales');
    expect(list.body.sales[0]?.product).toMatchObject({ name: 'Planned bottle', ...shown() });
  });

  it.each([
    ['an image that was never uploaded', { images: [{ id: '0'.repeat(32), alt: 'x' }] }],
    ['an image without words', () => ({ images: [{ id: image.id, alt: ' ' }] })],
    ['an image twice', () => ({ images: [1, 2].map(() => ({ id: image.id, alt: 'x' })) })],
    ['a description that turns the line around', { description: 'x\u202ey' }],
    ['too long a description', { description: 'x'.repeat(2_001) }],
  ])('is refused with %s', async (_name, given) => {
    const body = typeof given === 'function' ? given() : given;
    const answer = await shop.operate<{ code: string }>('POST', '/start', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid_request']);
  });

  it('takes the longest texts that it may have, however their JSON is escaped', async () => {
    const longest = (length: number) => 'ж'.repeat(length);
    const body = {
      name: longest(120),
      description: longest(2_000),
      images: [{ id: image.id, alt: longest(200) }],
      startsAt: inMinutes(5),
    };
    const escaped = JSON.stringify(body).replaceAll('ж', '\\u0436');
    const answer = await shop.operate('POST', '/start', escaped);
    expect([answer.status, answer.body.sale?.product.description?.length]).toEqual([201, 2_000]);
  });
});

describe('before the opening', () => {
  it('everything that shoppers read can be changed, one part without the other, and is written down', async () => {
    const sale = await shop.startSale({ name: 'Botle', startsAt: inMinutes(5), ...details() });
    const renamed = await edit(sale.id, { name: 'Bottle' });
    expect([renamed.status, renamed.body.sale.product]).toMatchObject([
      200,
      { name: 'Bottle', ...shown(), edition: 2 },
    ]);
    const bare = await edit(sale.id, { description: '', images: [], endsAt: inMinutes(60) });
    expect(bare.body.sale).toMatchObject({ version: 3, product: { name: 'Bottle' } });
    expect(Object.keys(bare.body.sale.product)).not.toContain('edition');
    for (const node of shop.nodes) {
      await eventually(async () => expect((await shop.status(node)).sale.version).toBe(3));
    }
    const { actions } = (
      await shop.operate<OperatorActionsAnswer>('GET', `/operator/actions?saleId=${sale.id}`)
    ).body;
    expect(actions.map(({ action }) => action)).toEqual(['reschedule', 'edit', 'start']);
    expect(actions[1]?.changes).toEqual([{ field: 'name', before: null, after: 'Bottle' }]);
    expect(actions[0]?.changes).toContainEqual({ field: 'description', before: description, after: null });
  });

  it('is over at the opening, also where the opening was moved away again', async () => {
    const sale = await shop.startSale({ name: 'Bottle' });
    const late = await edit(sale.id, { name: 'Another' });
    expect([late.status, late.body.code]).toEqual([409, 'conflict']);
    expect((await edit(sale.id, { startsAt: inMinutes(5) })).body.sale.status).toBe('scheduled');
    const again = await edit(sale.id, { name: 'Another' });
    expect([again.status, again.body.code]).toEqual([409, 'conflict']);
    expect((await shop.status()).sale.product.name).toBe('Bottle');
  });
});
