import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { createCustomers, type LinkToRedis, openLinkToRedis, type Press } from '../_support/link-to-redis.ts';
import type { NetworkLink } from '../_support/network-link.ts';
import { eventually } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const customers = createCustomers();

let world: LinkToRedis;
beforeAll(async () => {
  world = await openLinkToRedis(inject('mongodbUri'));
});
afterEach(async () => {
  await world.link.mend();
  await world.ready(world.far);
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** `reaches`: whether a claim that the node sends meanwhile reaches Redis. */
const faults: [
  string,
  { reaches: 'never' | 'too late' | 'in time'; breakLink: (link: NetworkLink) => unknown },
][] = [
  ['is cut', { reaches: 'never', breakLink: (link) => link.cut() }],
  [
    'swallows what is sent, and says nothing',
    { reaches: 'never', breakLink: (link) => link.swallow('upstream') },
  ],
  ['holds back what is sent', { reaches: 'too late', breakLink: (link) => link.hold('upstream') }],
  ['swallows the answers', { reaches: 'in time', breakLink: (link) => link.swallow('downstream') }],
  [
    'answers later than any client waits',
    { reaches: 'in time', breakLink: (link) => link.slow('downstream', 5_000) },
  ],
];

it.each(faults)(
  'a link to Redis that %s costs no customer a unit, and gives none to a customer who gave up',
  async (_, fault) => {
    const { shop, link, far, near, pressAll } = world;
    const sale = await shop.startSale({ quantity: 35 }, near);
    await sellsBy(far, sale);
    const watcher = await shop.shopper(null, far);
    const before = await pressAll(customers(8), far);
    expect(statusesOf(before)).toEqual([201]);

    await fault.breakLink(link);
    // All of them have their answer while the way is still broken.
    const refused = await pressAll(customers(20), far);
    expect(statusesOf(refused)).toEqual([503]);
    expect(refused.every(({ code }) => code === 'unavailable')).toBe(true);
    await eventually(async () => {
      expect((await shop.request('GET', '/readyz', { node: far })).status).toBe(503);
    });
    expect((await shop.request('GET', '/healthz', { node: far })).status).toBe(200);
    const elsewhere = await pressAll(customers(7), near);
    expect(statusesOf(elsewhere)).toEqual([201]);

    const callsBefore = await scriptCalls();
    await link.mend();
    await world.ready(far);
    if (fault.reaches === 'too late') {
      await eventually(async () => expect(await scriptCalls()).toBeGreaterThan(callsBefore));
    }
    const answered = [...before, ...elsewhere];
    const holders = await holdersOf(sale);
    const expected = fault.reaches === 'in time' ? [...answered, ...refused] : answered;
    expect([...holders.keys()].sort()).toEqual(namesOf(expected).sort());
    await eventually(() => expect(watcher.stocks.at(-1)?.remaining).toBe(35 - holders.size));

    const again = await pressAll(namesOf(refused), far);
    expect(statusesOf(again)).toEqual([201]);
    for (const { customerId, order } of [...answered, ...again]) {
      expect(order?.unit).toBe(holders.get(customerId) ?? order?.unit);
    }
    await eventually(() => expect(watcher.stocks.at(-1)?.remaining).toBe(0));
    const attempted = new Set(namesOf([...answered, ...refused]));
    await checkSale(shop, { saleId: sale.id, quantity: 35, node: far }, { attempted, confirmed: new Map() });
  },
);

it('a link to Redis that is slow, but not too slow, costs only time', async () => {
  const { shop, link, far, near, pressAll } = world;
  const sale = await shop.startSale({ quantity: 20 }, near);
  await sellsBy(far, sale);
  const watcher = await shop.shopper(null, far);
  link.slow('upstream', 150);
  link.slow('downstream', 150);
  const answers = await pressAll(customers(25), far);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
  expect(answers.filter(({ code }) => code === 'sold_out')).toHaveLength(5);
  await eventually(() => expect(watcher.stocks.at(-1)?.remaining).toBe(0));
  const attempted = new Set(namesOf(answers));
  await checkSale(shop, { saleId: sale.id, quantity: 20, node: far }, { attempted, confirmed: new Map() });
});

/** Waits until the node knows the sale; until then it knows the one before, and may refuse buys. */
async function sellsBy(node: LinkToRedis['far'], sale: Sale): Promise<void> {
  await eventually(async () => expect((await world.shop.status(node)).sale.id).toBe(sale.id));
  await world.ready(node);
}

/** Who holds which unit, once all claims are orders. */
async function holdersOf(sale: Sale): Promise<Map<string, number>> {
  const { shop, near } = world;
  const report = await eventually(async () => {
    const audit = await shop.audit(sale.id, near);
    expect(audit).toMatchObject({ clean: true, outbox: 0 });
    return audit;
  });
  const path = `/sales/${sale.id}/orders`;
  const { body } = await shop.operate<{ orders: Order[] }>('GET', path, undefined, near);
  expect(body.orders).toHaveLength(report.orders);
  return new Map(body.orders.map((order) => [order.customerId, order.unit]));
}

/** How many calls of scripts Redis has had; only claims are made by scripts here. */
async function scriptCalls(): Promise<number> {
  const stats = await world.redis.info('commandstats');
  return Number(/^cmdstat_evalsha:calls=(\d+)/m.exec(stats)?.[1] ?? 0);
}

function namesOf(presses: readonly Press[]): string[] {
  return presses.map(({ customerId }) => customerId);
}

function statusesOf(presses: readonly Press[]): number[] {
  return [...new Set(presses.map(({ status }) => status))];
}
