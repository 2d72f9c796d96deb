import type { OperatorActionsAnswer } from '@flipzon/protocol/operator.ts';
import { accessCodesMax, type ImportedAnswer } from '@flipzon/protocol/presale.ts';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openDatabaseProxy } from '../_support/database-proxy.ts';
import { presaleIn } from '../_support/presale.ts';
import { openShop, type Shop } from '../_support/shop.ts';

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
const { withPresale, codesOf, redeem } = presaleIn(() => shop);

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
