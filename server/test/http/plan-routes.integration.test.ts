import type { OperatorActionsAnswer, SaleResult, SalesAnswer } from '@flipzon/protocol/operator.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

const minuteMs = 60_000;

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * minuteMs).toISOString();
const plan = (body: object) => shop.operate<{ sale: SaleResult; code: string }>('POST', '/sales', body);
/** A busy machine may need longer than that to plan it: then it opens later. */
const planSoon = (ms: number) =>
  eventually(async () => {
    const { status, body } = await plan({ startsAt: new Date(Date.now() + ms).toISOString() });
    expect(status).toBe(201);
    return body.sale;
  });
const planned = async () =>
  (await shop.operate<SalesAnswer>('GET', '/operator/sales')).body.sales.filter(
    (sale) => sale.status === 'planned',
  );
const activate = (id: string, node = shop.nodes[0]) =>
  shop.operate<{ sale: Sale; code: string }>('POST', `/sales/${id}/activate`, undefined, node);
const actionsOf = async (id: string) =>
  (await shop.operate<OperatorActionsAnswer>('GET', `/operator/actions?saleId=${id}`)).body.actions.map(
    (action) => action.action,
  );

describe('a planned sale', () => {
  it('does not change the current sale, and replaces it when it is activated', async () => {
    const first = await shop.startSale();
    const { status, body } = await plan({
      name: 'Tin bear',
      quantity: 2,
      perCustomer: 2,
      startsAt: inMinutes(90),
    });
    expect([status, body.sale]).toMatchObject([
      201,
      { status: 'planned', version: 0, quantity: 2, orders: 0 },
    ]);
    expect((await shop.status()).sale.id).toBe(first.id);
    const bought = await shop.request<{ order: Order }>('POST', '/buy', {
      token: await shop.token('ann-of-plans'),
    });
    expect(bought.body.order.saleId).toBe(first.id);
    expect(await planned()).toMatchObject([{ id: body.sale.id }]);

    const activated = await activate(body.sale.id);
    expect([activated.status, activated.body.sale]).toMatchObject([
      201,
      { id: body.sale.id, status: 'scheduled', quantity: 2, perCustomer: 2, product: { name: 'Tin bear' } },
    ]);
    expect(await planned()).toEqual([]);
    for (const node of shop.nodes) {
      await eventually(async () => expect((await shop.status(node)).sale.id).toBe(body.sale.id));
    }
    await shop.operate('PATCH', `/sales/${body.sale.id}`, { startsAt: 'now' });
    await shop.request('POST', '/buy', { token: await shop.token('ann-of-plans') });
    await eventually(async () => {
      const orders = await shop.ordersOf('ann-of-plans');
      expect(orders.map((order) => [order.saleId, order.status])).toEqual([
        [body.sale.id, 'confirmed'],
        [first.id, 'confirmed'],
      ]);
    });
    expect(await actionsOf(body.sale.id)).toEqual(['reschedule', 'start', 'plan']);
  });

  it('becomes a sale once, by whatever number of activations', async () => {
    await shop.startSale();
    const { sale } = (await plan({ startsAt: inMinutes(90) })).body;
    const answers = await Promise.all([0, 1, 0, 1].map((node) => activate(sale.id, shop.nodes[node])));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409, 409, 409]);
    expect((await activate(sale.id)).body.code).toBe('conflict');
    expect(await actionsOf(sale.id)).toEqual(['start', 'plan']);
    for (const node of shop.nodes) {
      await eventually(async () =>
        expect((await shop.status(node)).sale).toMatchObject({
          id: sale.id,
          status: 'scheduled',
          endsAt: null,
        }),
      );
    }
    expect(await shop.audit(sale.id)).toMatchObject({ clean: true, orders: 0 });
  });

  it('takes the page by itself when the sale before it has ended, and not before', async () => {
    const first = await shop.startSale();
    const later = (await plan({ startsAt: inMinutes(59), quantity: 4 })).body.sale;
    const next = (await plan({ startsAt: inMinutes(30), quantity: 7 })).body.sale;
    const farther = (await plan({ startsAt: inMinutes(600) })).body.sale;
    await shop.operate('POST', `/sales/${first.id}/end`);
    for (const node of shop.nodes) {
      await eventually(async () =>
        expect((await shop.status(node)).sale).toMatchObject({
          id: next.id,
          quantity: 7,
          status: 'scheduled',
        }),
      );
    }
    expect((await planned()).map((sale) => sale.id)).toEqual([farther.id, later.id]);
    for (const { id } of [farther, later]) {
      expect((await shop.operate('DELETE', `/sales/${id}`)).status).toBe(200);
    }
  });

  it('opens at the instant at which the sale before it ends, on every node', async () => {
    const at = Date.now() + 6_000;
    const instant = new Date(at).toISOString();
    const first = await shop.startSale({ quantity: 100_000, endsAt: instant });
    const next = (await plan({ startsAt: instant, quantity: 100_000 })).body.sale;
    const token = await shop.token('ann');
    const headers = { 'idempotency-key': 'of-the-first' };
    const won = await shop.request('POST', '/buy', { token, headers });
    expect(won.status).toBe(201);
    // Ready before the instant, and not on the page.
    await eventually(async () => expect(await planned()).toEqual([]));
    expect((await shop.status()).sale.id).toBe(first.id);
    expect((await shop.operate('POST', '/start', { startsAt: 'now' })).status).toBe(409);
    expect((await shop.operate('PATCH', `/sales/${first.id}`, { endsAt: null })).status).toBe(409);

    const buy = async (key: string, node: (typeof shop.nodes)[number]) => {
      const asking = { token: await shop.token(key), headers: { 'idempotency-key': key }, node };
      return (await shop.request<{ order?: Order }>('POST', '/buy', asking)).body;
    };
    const asked: { key: string; node: number; sentAt: number; order: Order | undefined; saleId?: string }[] =
      [];
    await Promise.all(
      shop.nodes.map(async (node, index) => {
        for (let i = 0; ; i++) {
          const sentAt = Date.now();
          const key = `buyer-${index}-${i}`;
          const { order } = await buy(key, node);
          asked.push({ key, node: index, sentAt, order, ...(order && { saleId: order.saleId }) });
          if (sentAt > at + 500) return;
        }
      }),
    );
    // A node knows Redis's clock to some milliseconds.
    const before = asked.filter(({ sentAt }) => sentAt < at - 250);
    const after = asked.filter(({ sentAt }) => sentAt > at + 50);
    expect(new Set(before.map(({ saleId }) => saleId))).toEqual(new Set([first.id]));
    expect(new Set(after.map(({ saleId }) => saleId))).toEqual(new Set([next.id]));
    expect(new Set(after.map(({ node }) => node)).size).toBe(shop.nodes.length);
    // A request that bought in the first sale keeps its answer, also one of its last moments, which came after the next was made.
    for (const node of shop.nodes) {
      expect((await shop.request('POST', '/buy', { token, headers, node })).body).toEqual(won.body);
      for (const { key, order } of before.slice(-20)) expect((await buy(key, node)).order).toEqual(order);
    }

    await eventually(async () => expect(await shop.audit(next.id)).toMatchObject({ clean: true, outbox: 0 }));
    await eventually(async () =>
      expect(await shop.audit(first.id)).toMatchObject({ clean: true, outbox: 0 }),
    );
    const { actions } = (
      await shop.operate<OperatorActionsAnswer>('GET', `/operator/actions?saleId=${next.id}`)
    ).body;
    expect(actions.map(({ action, by }) => [action, by])).toEqual([
      ['start', 'automatically'],
      ['plan', 'olga'],
    ]);
    await shop.operate('POST', `/sales/${next.id}/end`);
  });

  it('takes the page at its opening from a sale that is sold out', async () => {
    const first = await shop.startSale({ quantity: 1 });
    await shop.request('POST', '/buy', { token: await shop.token('ann') });
    await eventually(async () => expect((await shop.status()).sale.status).toBe('sold_out'));
    const startsAt = new Date(Date.now() + 4_000).toISOString();
    const next = (await plan({ startsAt, quantity: 2 })).body.sale;
    for (const node of shop.nodes) {
      await eventually(async () =>
        expect((await shop.status(node)).sale).toMatchObject({ id: next.id, status: 'live', startsAt }),
      );
    }
    const { actions } = (
      await shop.operate<OperatorActionsAnswer>('GET', `/operator/actions?saleId=${first.id}`)
    ).body;
    expect(actions[0]).toMatchObject({ action: 'replace', by: 'automatically' });
    expect(actions[0]?.changes).toContainEqual({ field: 'endsAt', before: null, after: startsAt });
    await shop.operate('POST', `/sales/${next.id}/end`);
  });

  it('whose opening has passed while another sale was on waits for an operator', async () => {
    const first = await shop.startSale();
    const missed = await planSoon(1_000);
    const opening = Date.parse(missed.startsAt);
    await eventually(async () =>
      expect(Date.parse((await shop.status()).serverTime)).toBeGreaterThan(opening),
    );
    await shop.operate('POST', `/sales/${first.id}/end`);
    // A later one has its turn, and the missed one is passed over by the same look.
    const later = (await plan({ startsAt: inMinutes(30), quantity: 8 })).body.sale;
    await eventually(async () => expect((await shop.status()).sale.id).toBe(later.id));
    expect((await planned()).map((sale) => sale.id)).toEqual([missed.id]);
    const activated = await activate(missed.id);
    expect([activated.status, activated.body.sale]).toMatchObject([201, { id: missed.id, status: 'live' }]);
    expect(Date.parse(activated.body.sale.startsAt)).toBeGreaterThan(opening);
  });

  it('whose end has passed while it waited does not take the page, and does not hold up later ones', async () => {
    const first = await shop.startSale();
    const endsAt = Date.now() + 1_500;
    const over = (
      await plan({ startsAt: new Date(endsAt - 500).toISOString(), endsAt: new Date(endsAt).toISOString() })
    ).body.sale;
    const later = (await plan({ startsAt: inMinutes(30), quantity: 8 })).body.sale;
    await eventually(async () =>
      expect(Date.parse((await shop.status()).serverTime)).toBeGreaterThanOrEqual(endsAt),
    );
    expect((await activate(over.id)).status).toBe(400);
    await shop.operate('POST', `/sales/${first.id}/end`);
    await eventually(async () => expect((await shop.status()).sale.id).toBe(later.id));
    expect((await planned()).map((sale) => sale.id)).toEqual([over.id]);
    expect((await shop.operate('DELETE', `/sales/${over.id}`)).status).toBe(200);
  });

  it('can be deleted, but not once it is on the page', async () => {
    const { sale } = (await plan({ startsAt: inMinutes(90) })).body;
    const dropped = await shop.operate<{ sale: SaleResult }>('DELETE', `/sales/${sale.id}`);
    expect([dropped.status, dropped.body.sale.id]).toEqual([200, sale.id]);
    expect(await planned()).toEqual([]);
    expect((await activate(sale.id)).status).toBe(404);
    expect((await shop.operate('DELETE', `/sales/${sale.id}`)).status).toBe(404);
    expect(await actionsOf(sale.id)).toEqual(['unplan', 'plan']);
    const shown = await shop.startSale();
    expect((await shop.operate('DELETE', `/sales/${shown.id}`)).status).toBe(409);
  });

  it.each([
    ['opens at once', { startsAt: 'now' }],
    ['has opened', { startsAt: '2020-01-01T00:00:00Z' }],
    ['ends before it opens', { startsAt: '2040-01-02T00:00:00Z', endsAt: '2040-01-01T00:00:00Z' }],
    ['has no units', { startsAt: '2040-01-01T00:00:00Z', quantity: 0 }],
  ])('is refused when it %s', async (_why, body) => {
    expect((await plan(body)).status).toBe(400);
    expect(await planned()).toEqual([]);
  });

  it.each([
    ['POST', '/sales'],
    ['DELETE', '/sales/20400101-0123456789'],
    ['POST', '/sales/20400101-0123456789/activate'],
  ])('is for operators only: %s %s', async (method, path) => {
    expect((await shop.request(method, path)).status).toBe(401);
    expect((await shop.request(method, path, { token: await shop.token('ann') })).status).toBe(403);
  });
});
