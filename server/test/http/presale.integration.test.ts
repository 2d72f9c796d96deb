import type { OperatorActionsAnswer, SaleResult } from '@flipzon/protocol/operator.ts';
import type { BuyAnswer, Sale } from '@flipzon/protocol/schemas.ts';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { presaleIn } from '../_support/presale.ts';
import { openShop, type Shop } from '../_support/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());
const { withPresale, codesOf, redeem, buy } = presaleIn(() => shop);

describe('a presale', () => {
  it('sells to customers with a code only, over HTTP and over the socket, on every node', async () => {
    const sale = await withPresale();
    expect(sale).toMatchObject({ status: 'live', presale: { codesUntil: null } });
    const [code = ''] = await codesOf(sale, 1);
    expect(await buy('ann')).toMatchObject({
      status: 403,
      body: { code: 'access_code_needed', codesUntil: null },
    });
    const { access } = (await redeem(sale, 'ann', code.toLowerCase())).body;
    expect(await buy('bob', access)).toMatchObject({ status: 403, body: { code: 'access_code_needed' } });

    const shopper = await shop.shopper('ann', shop.nodes[1]);
    const press = (more: object) =>
      shopper.socket.timeout(5_000).emitWithAck('buy', { requestId: 'r1', ...more }) as Promise<BuyAnswer>;
    expect(await press({})).toMatchObject({ ok: false, code: 'access_code_needed', codesUntil: null });
    expect(await press({ access })).toMatchObject({ ok: true, order: { customerId: 'ann' } });
    expect(await buy('ann', access)).toMatchObject({ status: 400, body: { code: 'already_purchased' } });
  });

  it('ends at its time, and then everyone can buy', async () => {
    const codesUntil = new Date(Date.now() + 3_600_000).toISOString();
    const sale = await withPresale({ presale: { codesUntil } });
    expect(await buy('ann')).toMatchObject({ body: { code: 'access_code_needed', codesUntil } });
    const changed = await shop.operate('PATCH', `/sales/${sale.id}`, {
      presale: { codesUntil: sale.startsAt },
    });
    expect(changed.status).toBe(200);
    expect(await buy('ann')).toMatchObject({ status: 201 });
    expect(await redeem(sale, 'bob', 'ABCD-EFGH-JKMN')).toMatchObject({ status: 409 });
    const over = await shop.operate('PATCH', `/sales/${sale.id}`, { presale: null });
    expect(over.body.sale).not.toHaveProperty('presale');
    const { actions } = (
      await shop.operate<OperatorActionsAnswer>(
        'GET',
        `/operator/actions?saleId=${sale.id}&action=reschedule`,
      )
    ).body;
    expect(actions.map(({ changes }) => changes.map(({ field }) => field))).toEqual([
      ['codesUntil'],
      ['codesUntil'],
    ]);
  });

  it('does not end before the opening, and is kept by plans, drafts and later changes', async () => {
    const startsAt = new Date(Date.now() + 7_200_000).toISOString();
    const before = new Date(Date.now() + 3_600_000).toISOString();
    const wrong = { startsAt, presale: { codesUntil: before } };
    for (const path of ['/start', '/sales'])
      expect(await shop.operate('POST', path, wrong)).toMatchObject({
        status: 400,
        body: { code: 'invalid_request' },
      });
    const plan = (
      await shop.operate<{ sale: SaleResult }>('POST', '/sales', { startsAt, presale: { codesUntil: null } })
    ).body.sale;
    expect(plan.presale).toEqual({ codesUntil: null });
    await codesOf(plan, 2);
    const edit = { startsAt, presale: { codesUntil: startsAt } };
    await shop.operate('PUT', `/sales/${plan.id}`, edit);
    await shop.operate('PUT', `/sales/${plan.id}`, { startsAt, presale: { codesUntil: null } });
    const { actions } = (
      await shop.operate<OperatorActionsAnswer>('GET', `/operator/actions?saleId=${plan.id}`)
    ).body;
    const codesUntil = actions.flatMap(({ changes }) =>
      changes.filter(({ field }) => field === 'codesUntil'),
    );
    expect(codesUntil.map(({ before, after }) => [before, after])).toEqual([
      [startsAt, 'end'],
      ['end', startsAt],
      [null, 'end'],
    ]);
    const { sale } = (await shop.operate('POST', `/sales/${plan.id}/activate`)).body;
    expect(sale.presale).toEqual({ codesUntil: null });
    const restocked = await shop.operate('POST', `/sales/${sale.id}/restock`, { quantity: 1 });
    expect(restocked.body.sale.presale).toEqual({ codesUntil: null });
    // Before the opening too: no clock lets anyone in without a code.
    expect(await buy('ann')).toMatchObject({ body: { code: 'access_code_needed' } });
  });

  it('moves with the opening, unless it says otherwise, and is over only once everyone could buy', async () => {
    const at = (hours: number) =>
      new Date(Math.ceil(Date.now() / 60_000) * 60_000 + hours * 3_600_000).toISOString();
    const [opening, later, codesUntil] = [at(1), at(5), at(2)];
    const sale = await shop.startSale({ startsAt: opening, quantity: 9, presale: { codesUntil } });
    const patch = async (body: object) =>
      (await shop.operate<{ sale: Sale }>('PATCH', `/sales/${sale.id}`, body)).body.sale;
    const lasting = (from: string) => new Date(Date.parse(from) + 3_600_000).toISOString();
    expect(await patch({ startsAt: later })).toMatchObject({
      ...{ startsAt: later, presale: { codesUntil: lasting(later) } },
    });
    expect(await patch({ startsAt: opening, presale: { codesUntil: at(9) } })).toMatchObject({
      presale: { codesUntil: at(9) },
    });
    expect(await patch({ presale: { codesUntil } })).toMatchObject({ presale: { codesUntil } });
    const open = await patch({ startsAt: 'now' });
    expect(open.presale).toEqual({ codesUntil: lasting(open.startsAt) });
    expect(await buy('ann')).toMatchObject({ body: { code: 'access_code_needed' } });
    // It is over, and stays so: customers without a code have been let in.
    await patch({ presale: { codesUntil: open.startsAt } });
    expect(await patch({ startsAt: later })).toMatchObject({ presale: { codesUntil: open.startsAt } });
  });

  it('is as long in a planned sale that opens late', async () => {
    await shop.startSale({ quantity: 9 });
    const at = (ms: number) => new Date(Date.now() + ms).toISOString();
    const body = { startsAt: at(1_000), quantity: 9, presale: { codesUntil: at(2_000) } };
    const { id } = (await shop.operate<{ sale: SaleResult }>('POST', '/sales', body)).body.sale;
    await expect
      .poll(() => Date.now(), { timeout: 20_000 })
      .toBeGreaterThan(Date.parse(body.presale.codesUntil));
    const { sale } = (await shop.operate('POST', `/sales/${id}/activate`)).body;
    const msOf = ({ startsAt, presale }: Pick<Sale, 'startsAt' | 'presale'>) =>
      Date.parse(presale?.codesUntil ?? '') - Date.parse(startsAt);
    expect(msOf(sale)).toBe(msOf(body));
  });

  it('leaves other sales as they are: they have no codes', async () => {
    const sale = await shop.startSale();
    expect(sale).not.toHaveProperty('presale');
    expect(await redeem(sale, 'ann', 'ABCD-EFGH-JKMN')).toMatchObject({ status: 404 });
    expect(await shop.operate('POST', `/sales/${sale.id}/access-codes`, { count: 1 })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    expect(await buy('ann')).toMatchObject({ status: 201 });
  });
});
