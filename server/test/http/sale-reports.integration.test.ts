import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { csvCell } from '../../src/http/csv.ts';
import { saleKeys } from '../../src/redis/keys.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
});
afterAll(() => shop[Symbol.asyncDispose]());

/** A sale in which each of these bought a unit, in this order, and all is in MongoDB. */
const soldTo = async (...customers: string[]) => {
  const sale = await shop.startSale({ quantity: 10 });
  for (const customer of customers) await shop.request('POST', '/buy', { token: await shop.token(customer) });
  await eventually(async () => {
    expect(await shop.audit(sale.id)).toMatchObject({ orders: customers.length, outbox: 0 });
  });
  return sale;
};

describe('GET /sales/:id/orders', () => {
  it('gives every order of the sale, as the customers have them', async () => {
    const sale = await soldTo('ann', 'bob');
    const answer = await shop.operate<{ orders: Order[] }>('GET', `/sales/${sale.id}/orders`);
    const byUnit = answer.body.orders.toSorted((a, b) => a.unit - b.unit);
    expect(byUnit.map(({ customerId, unit }) => [customerId, unit])).toEqual([
      ['ann', 1],
      ['bob', 2],
    ]);
    expect((await shop.ordersOf('ann'))[0]).toEqual(byUnit[0]);
  });

  it('gives them as CSV, in which no customer’s name becomes a formula', async () => {
    const sale = await soldTo('ann', '=1+1', '+1', '-1', '@sum', 'a,"b"');
    const answer = await shop.operate<{ text: string }>('GET', `/sales/${sale.id}/orders?format=csv`);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="orders-${sale.id}.csv"`);
    const bytes = await fetch(`${shop.nodes[0]?.url}/sales/${sale.id}/orders?format=csv`, {
      headers: { authorization: `Bearer ${await shop.token('olga', 'operator')}` },
    }).then((file) => file.bytes());
    expect([...bytes.slice(0, 5)], 'a byte order mark, for Excel').toEqual([0xef, 0xbb, 0xbf, 0x69, 0x64]);
    const [head, ...rows] = answer.body.text.trimEnd().split('\r\n');
    expect(head).toBe(
      'id,unit,customerId,price,status,claimedAt,confirmedAt,currency,priceMinor,number,variant',
    );
    const byUnit = rows.toSorted((a, b) => Number(/,(\d+),/.exec(a)?.[1]) - Number(/,(\d+),/.exec(b)?.[1]));
    expect(byUnit.map((row) => row.replace(/,confirmed,.*$/, ''))).toEqual([
      `${sale.id}:ann:1,1,ann,999`,
      `${sale.id}:=1+1:1,2,"'=1+1",999`,
      `${sale.id}:+1:1,3,"'+1",999`,
      `${sale.id}:-1:1,4,"'-1",999`,
      `${sale.id}:@sum:1,5,"'@sum",999`,
      `"${sale.id}:a,""b"":1",6,"a,""b""",999`,
    ]);
  });

  it.each([
    ['=cmd()', `"'=cmd()"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@sum', `"'@sum"`],
    ['\tx', `"'\tx"`],
    ['\rx', `"'\rx"`],
    ['a=b', 'a=b'],
    [' =1', `"' =1"`],
    ['\u00a0\u3000=1', `"'\u00a0\u3000=1"`],
    ['＝1', `"'＝1"`],
    ['＠sum', `"'＠sum"`],
    ['a;=1+1;b', `"a;'=1+1;b"`],
    ['a,=1', `"a,'=1"`],
    ['a|-1', `"a|'-1"`],
    ['a\t"=1"', `"a\t'""=1"""`],
    ['=1;=2', `"'=1;'=2"`],
    ['a;b', '"a;b"'],
    ['two\nlines', '"two\nlines"'],
    ['"', '""""'],
    [-5, '-5'],
    [null, ''],
  ])('writes the cell %j as %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('refuses another format, an unknown sale, and customers', async () => {
    const sale = await soldTo('ann');
    const path = `/sales/${sale.id}/orders`;
    expect((await shop.operate('GET', `${path}?format=xml`)).status).toBe(400);
    expect((await shop.operate('GET', '/sales/20300101-0000000000/orders?format=csv')).status).toBe(404);
    expect((await shop.request('GET', path, { token: await shop.token('ann') })).status).toBe(403);
    expect((await shop.request('GET', path)).status).toBe(401);
  });
});

describe('GET /sales/:id/audit', () => {
  it('finds a good sale clean, and says what it counted', async () => {
    const sale = await soldTo('ann', 'bob', 'cem');
    const report = await shop.audit(sale.id);
    expect(report).toMatchObject({
      saleId: sale.id,
      clean: true,
      quantity: 10,
      orders: 3,
      claims: 3,
      remaining: 7,
      outbox: 0,
      poisoned: 0,
      recoveries: 0,
      restored: 0,
      revoked: 0,
    });
    expect(report.checks.length).toBeGreaterThanOrEqual(7);
    expect(report.checks.every((each) => each.holds && each.offending.length === 0)).toBe(true);
  });

  it('finds a count that was tampered with in Redis, and names the rows', async () => {
    const sale = await soldTo('ann');
    const redis = new Redis(shop.redisUrl);
    try {
      await redis.hincrby(saleKeys({ saleId: sale.id, epoch: 1 }).state, 'remaining', 1);
    } finally {
      redis.disconnect();
    }
    const report = await shop.audit(sale.id);
    expect(report.clean).toBe(false);
    const broken = report.checks.filter((each) => !each.holds);
    expect(broken.map((each) => each.invariant)).toEqual(['Redis: remaining + held = quantity']);
    expect(broken[0]?.offending).toHaveLength(1);
  });

  it('refuses an unknown sale, and customers', async () => {
    const sale = await soldTo('ann');
    expect((await shop.operate<AuditReport>('GET', '/sales/20300101-0000000000/audit')).status).toBe(404);
    const answer = await shop.request('GET', `/sales/${sale.id}/audit`, { token: await shop.token('ann') });
    expect(answer.status).toBe(403);
  });
});
