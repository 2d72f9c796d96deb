import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import { type ServiceEvent, superviseService } from '@flipzon/local-services/supervise-service.ts';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { createFaultyDisk, type FaultyDisk, whyNoFaultyDisk } from '../_support/faulty-disk.ts';
import { allConfirmed, makeDataDir, press, pressUntilAnswered } from '../_support/own-stores.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const quantity = 20;
const customers = Array.from({ length: quantity + 5 }, (_, index) => `full-disk-${index}`);

let undo: AsyncDisposableStack;
let disk: FaultyDisk;
let shop: Shop;
const events: ServiceEvent[] = [];
beforeEach(async (context) => {
  if (whyNoFaultyDisk !== null) return context.skip(whyNoFaultyDisk);
  undo = new AsyncDisposableStack();
  const dataDir = await makeDataDir(undo);
  disk = await createFaultyDisk(dataDir);
  let recoveryUrl = '';
  const redis = undo.use(
    await superviseService(
      async (port) => {
        const service = await startPrivateRedis({ dataDir, binary: disk.binary, ...(port && { port }) });
        recoveryUrl = service.recoveryUrl;
        return service;
      },
      { onEvent: (event) => events.push(event), backoffMsMax: 200 },
    ),
  );
  const environment = { REDIS_URL: redis.url, REDIS_RECOVERY_URL: recoveryUrl };
  shop = undo.use(await openShop(inject('mongodbUri'), { nodes: 2, environment }));
});
afterEach(async () => {
  await undo?.disposeAsync();
});

it('refuses buys while the disk of Redis is full, is started again and again, and goes on when there is room', async () => {
  const sale = await shop.startSale({ quantity });
  const early = customers.slice(0, 8);
  for (const customer of early) expect((await press(shop, customer)).status).toBe(201);
  const confirmed = await allConfirmed(shop, early);

  disk.fill();
  const refusedAtFirst = disk.struck('refused');
  const answers = new Set<string>();
  // Redis ends at each write that it can't keep; the shop stays up, and says "not now" all the while.
  await eventually(async () => {
    for (const customer of customers.slice(8, 12)) {
      const { status, body } = await press(shop, customer, shop.nodes[1]);
      answers.add(`${status} ${body.code}`);
    }
    expect(disk.struck('refused') - refusedAtFirst).toBeGreaterThan(12);
  });
  expect([...answers]).toEqual(['503 unavailable']);
  expect((await shop.status()).sale.id).toBe(sale.id);
  expect((await shop.request('GET', '/healthz')).status).toBe(200);
  expect(events.find((event) => event.event === 'died')?.why).toMatch(/No space left on device|Short write/);

  disk.clear();
  const repeated = await Promise.all(customers.map((each) => pressUntilAnswered(shop, each, shop.nodes[0])));
  for (const [index, customer] of early.entries())
    expect(repeated[index]?.order?.unit).toBe(confirmed.get(customer)?.unit);
  await checkSale(
    shop,
    { saleId: sale.id, quantity, node: shop.nodes[0] as { url: string } },
    { attempted: new Set(customers), confirmed },
  );
});
