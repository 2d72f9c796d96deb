import type { OperatorActionsAnswer, SaleResult } from '@flipzon/protocol/operator.ts';
import {
  type AccessAnswer,
  accessCodesMax,
  type GeneratedAnswer,
  type ImportedAnswer,
} from '@flipzon/protocol/presale.ts';
import type { BuyAnswer, Sale } from '@flipzon/protocol/schemas.ts';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openDatabaseProxy } from '../_support/database-proxy.ts';
import { type Address, openShop, type Shop } from '../_support/shop.ts';

let shop: Shop;
const uri = new URL(inject('mongodbUri'));
const database = await openDatabaseProxy(Number(uri.port));
beforeAll(async () => {
  // Behind a proxy, so that the test can come from several networks.
  shop = await openShop(Object.assign(new URL(uri), { port: String(database.port) }).href, {
    nodes: 2,
    environment: { TRUSTED_PROXIES: '127.0.0.1' },
  });
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const withPresale = (more: object = {}) =>
  shop.startSale({ quantity: 9, presale: { codesUntil: null }, ...more });

async function codesOf(sale: Pick<Sale, 'id'>, count: number): Promise<string[]> {
  const path = `/sales/${sale.id}/access-codes`;
  const answer = await shop.operate<GeneratedAnswer>('POST', path, { count });
  expect(answer.status).toBe(201);
  return answer.body.codes;
}

async function redeem(
  sale: Pick<Sale, 'id'>,
  customerId: string,
  code: string,
  node?: Address,
  from = '203.0.113.1',
) {
  return shop.request<AccessAnswer & { code: string; detail: string }>('POST', `/sales/${sale.id}/access`, {
    token: await shop.token(customerId),
    body: { code },
    headers: { 'x-forwarded-for': from },
    ...(node === undefined ? {} : { node }),
  });
}

async function buy(customerId: string, access?: string, node?: Address) {
  return shop.request('POST', '/buy', {
    token: await shop.token(customerId),
    headers: access === undefined ? {} : { 'access-pass': access },
    ...(node === undefined ? {} : { node }),
  });
}

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

describe('an access code', () => {
  it('is redeemed by one of two customers who race for it on two nodes, and again by the same one', async () => {
    const sale = await withPresale();
    const codes = await codesOf(sale, 5);
    for (const [index, code] of codes.entries()) {
      const customers = [`ann-${index}`, `bob-${index}`] as const;
      const answers = await Promise.all(
        customers.map((id, node) => redeem(sale, id, code, shop.nodes[node], `203.0.113.${node}`)),
      );
      const winner = answers[0]?.status === 200 ? 0 : 1;
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403]);
      expect(answers[1 - winner]?.body.code).toBe('access_code_invalid');
      expect((await redeem(sale, customers[winner], code)).status).toBe(200);
    }
    const counts = await shop.operate('GET', `/sales/${sale.id}/access-codes`);
    expect(counts.body).toEqual({ issued: 5, redeemed: 5, revoked: 0 });
  });

  it('gets the same answer whether it is unknown, used, revoked or no code at all', async () => {
    const sale = await withPresale();
    const [used = '', revoked = ''] = await codesOf(sale, 2);
    expect((await redeem(sale, 'ann', used)).status).toBe(200);
    const revoke = (code: string) => shop.operate('POST', `/sales/${sale.id}/access-codes/revoke`, { code });
    expect(await revoke(revoked)).toMatchObject({
      status: 200,
      body: { counts: { redeemed: 1, revoked: 1 } },
    });
    expect((await revoke(revoked)).status).toBe(200);
    expect(await revoke(used)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('ann') },
    });
    expect((await revoke('ABCD-EFGH-JKMN')).status).toBe(404);
    const { actions } = (
      await shop.operate<OperatorActionsAnswer>(
        'GET',
        `/operator/actions?saleId=${sale.id}&action=revoke_code`,
      )
    ).body;
    // What was refused, or was so already, is not in the log.
    expect(actions).toHaveLength(1);
    const answers = [];
    for (const code of [used, revoked, 'ABCD-EFGH-JKMN-PQRS', '?'])
      answers.push(await redeem(sale, 'eve', code));
    for (const { status, body } of answers) expect([status, body]).toEqual([403, answers[0]?.body]);
  });

  it.each([
    ['dropAnswer', 'ann'],
    ['dropCommand', 'bob'],
  ] as const)(
    'that MongoDB does not take or confirm (%s) is redeemed by %s later, and by no other',
    async (fault, owner) => {
      const sale = await withPresale();
      const [code = ''] = await codesOf(sale, 1);
      const lost = database[fault]({ command: 'insert', collection: 'accesscodeuses' });
      expect(await redeem(sale, 'ann', code)).toMatchObject({
        ...{ status: 503, body: { code: 'unavailable', retryAfterMs: expect.any(Number) } },
      });
      lost.end();
      expect((await redeem(sale, 'bob', code)).status).toBe(owner === 'bob' ? 200 : 403);
      expect((await redeem(sale, 'ann', code)).status).toBe(owner === 'ann' ? 200 : 403);
    },
  );

  it('is stored as a hash only', async () => {
    const sale = await withPresale();
    const [code = ''] = await codesOf(sale, 1);
    await redeem(sale, 'ann', code);
    const mongodb = await createConnection(shop.mongodbUri).asPromise();
    const stored = JSON.stringify([
      await mongodb.collection('accesscodes').find({ saleId: sale.id }).toArray(),
      await mongodb.collection('accesscodeuses').find({ saleId: sale.id }).toArray(),
      await mongodb.collection('operatoractions').find({ saleId: sale.id }).toArray(),
    ]);
    await mongodb.close();
    expect(stored).toContain('ann');
    for (const text of [code, code.replaceAll('-', '')]) expect(stored).not.toContain(text);
  });

  it('can be tried ten times a minute by a customer, over all nodes, and more often by a network', async () => {
    const sale = await withPresale();
    const tries = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        redeem(sale, 'max', `WRONG-CODE-${index}X`, shop.nodes[index % 2]),
      ),
    );
    const refused = tries.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(2);
    expect(refused[0]?.body).toMatchObject({ code: 'too_many_requests', retryAfterMs: expect.any(Number) });
    const many = await Promise.all(
      Array.from({ length: 125 }, (_, index) =>
        redeem(sale, `m${index}`, 'WRONG-CODE', shop.nodes[index % 2], '198.51.100.7'),
      ),
    );
    expect(many.filter(({ status }) => status === 429)).toHaveLength(5);
    expect((await redeem(sale, 'other', 'WRONG-CODE', undefined, '198.51.100.8')).status).toBe(403);
  });
});

describe('an import of access codes', () => {
  const send = async (id: string, body: string, type = 'text/csv') =>
    shop.request<ImportedAnswer & { code: string }>('POST', `/sales/${id}/access-codes/import`, {
      token: await shop.token('olga', 'operator'),
      headers: { 'content-type': type },
      body,
    });

  it('takes each line once, and names those that are there already or are no codes', async () => {
    const sale = await withPresale();
    const [made = ''] = await codesOf(sale, 1);
    const file = `\ufeffSPRING-0001\r\nspring 0002\r\n\r\nSPRING-0001\r\n${made}\r\nshort\r\nSPRING-0003,nosuchvariant\r\n`;
    expect(await send(sale.id, file)).toMatchObject({
      status: 200,
      body: {
        ...{ imported: 2, duplicates: 2, invalid: 2 },
        lines: [
          { line: 4, why: 'duplicate' },
          { line: 6, why: 'invalid' },
          { line: 7, why: 'invalid' },
          { line: 5, why: 'duplicate' },
        ],
        counts: { issued: 3, redeemed: 0, revoked: 0 },
      },
    });
    expect((await redeem(sale, 'ann', 'Spring-0002')).status).toBe(200);
    expect(await send(sale.id, file)).toMatchObject({ body: { imported: 0, duplicates: 4 } });
  });

  it('that MongoDB interrupts is not now, and can be sent again', async () => {
    const sale = await withPresale();
    const file = 'SPRING-0001\nSPRING-0002';
    const lost = database.dropAnswer({ command: 'insert', collection: 'accesscodes' });
    expect(await send(sale.id, file)).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    lost.end();
    expect(await send(sale.id, file)).toMatchObject({
      body: { imported: 0, duplicates: 2, counts: { issued: 2 } },
    });
  });

  it('takes no code of a file that has too many', async () => {
    const sale = await withPresale();
    const lines = Array.from({ length: accessCodesMax + 1 }, (_, index) => `CODE-${index + 1_000_000}`);
    expect(await send(sale.id, lines.join('\n'))).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await shop.operate('GET', `/sales/${sale.id}/access-codes`)).body).toMatchObject({ issued: 0 });
  });

  it('reads a long file in pieces, and refuses one that is too long or is no list', async () => {
    const sale = await withPresale();
    const lines = Array.from({ length: 2_500 }, (_, index) => `CODE-${String(index).padStart(6, '0')}`);
    // Returns alone, and with line feeds: the pieces of the stream end anywhere.
    for (const [lineBreak, duplicates] of [
      ['\r', 0],
      ['\r\n', 2_500],
    ] as const)
      expect(await send(sale.id, ['code', ...lines].join(lineBreak), 'text/plain')).toMatchObject({
        body: { imported: 2_500 - duplicates, duplicates, invalid: 0 },
      });
    expect(await send(sale.id, 'x'.repeat(200_000))).toMatchObject({ status: 413 });
    expect((await send(sale.id, '{}', 'application/json')).status).toBe(415);
    expect((await send('no-such-sale', 'SPRING-0001')).status).toBe(404);
  });

  it.each([{ count: 0 }, { count: 10_001 }, { count: 1.5 }, {}])('makes no codes for %j', async (body) => {
    const sale = await withPresale();
    expect((await shop.operate('POST', `/sales/${sale.id}/access-codes`, body)).status).toBe(400);
  });
});
