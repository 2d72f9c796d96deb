import type { Order } from '@flipzon/protocol/schemas.ts';
import { expect, it } from 'vitest';
import { killWhileStarting, type NodeProcess, startNodeProcess } from '../_support/node-process.ts';
import { openOwnStores } from '../_support/own-stores.ts';
import { type Bought, buyOverHttp } from '../_support/persistent-buyer.ts';
import { createRandom, testSeed } from '../_support/random.ts';
import { eventually } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

/*
 * Everything is killed again and again, as fast as it comes up, while shoppers press: nodes while they start, serve and recover, Redis and
 * MongoDB with them. FAULT_KILLS=1000 for a long run.
 */

const killsMin = Number(process.env.FAULT_KILLS ?? 30);
const lanes = 3;
const shoppersAtOnce = 6;
/** The stock lasts as long as the kills do. */
const quantity = 2 * killsMin + 20;

it(`after ${killsMin} kills nothing is lost, sold twice or left unsold (TEST_SEED=${testSeed})`, {
  timeout: 600_000,
}, async () => {
  const random = createRandom();
  await using stores = await openOwnStores({ nodes: 0 });
  const { redis, mongodb, shop } = stores;
  const start = () => startNodeProcess(shop.environment);

  // One node is not killed at first, so that the sale can be started there.
  const serving = new Map<number, NodeProcess>();
  serving.set(0, await start());
  const sale = await shop.startSale({ quantity }, serving.get(0) as NodeProcess);
  let kills = 0;
  const enough = () => kills >= killsMin;

  /** One place for a node: each that comes up there is killed at some moment, and the next one is started. */
  const killNodes = async (lane: number): Promise<void> => {
    while (!enough()) {
      // Every third one does not live to see its first buy.
      if (!serving.has(lane) && random.between(0, 2) === 0) {
        if (await killWhileStarting(shop.environment, random.between(100, 1_500))) kills++;
        continue;
      }
      const node = serving.get(lane) ?? (await start().catch(() => null));
      if (node === null) continue;
      serving.set(lane, node);
      await lifeOf(random.between(0, 1_200));
      serving.delete(lane);
      node.kill('SIGKILL');
      kills++;
      await node.exited;
    }
  };
  const killServices = async (): Promise<void> => {
    while (!enough()) {
      const service = random.between(0, 2) === 0 ? mongodb : redis;
      await service.kill();
      kills++;
      await lifeOf(random.between(0, 300));
      await service.comeBack();
      await lifeOf(random.between(1_500, 4_000));
    }
  };

  const bought: Bought[] = [];
  const somewhere = () =>
    [...serving.values()][bought.length % Math.max(1, serving.size)] ?? { url: nowhere };
  const press = async (shopper: number): Promise<void> => {
    for (let turn = 0; !enough() || bought.length < quantity + 20; turn++) {
      bought.push(await buyOverHttp(shop, `shopper-${shopper}-${turn}`, somewhere));
      while (!enough() && bought.length > (quantity * kills) / killsMin) await lifeOf(50);
    }
  };
  const pressing = Promise.all(Array.from({ length: shoppersAtOnce }, (_, shopper) => press(shopper)));
  await Promise.all([...Array.from({ length: lanes }, (_, lane) => killNodes(lane)), killServices()]);
  await using survivor = await start();
  serving.set(0, survivor);
  await pressing;

  const said = new Set(bought.flatMap(({ onTheWay }) => onTheWay));
  expect([...said].filter((code) => !['not_connected', 'no_answer', 'unavailable'].includes(code))).toEqual(
    [],
  );
  // Customers with a claim send their buy once more: Redis has kept its files, so they get the same unit.
  const winners = bought.filter(({ order }) => order !== null);
  const confirmed = new Map<string, Order>();
  for (const { customerId, order } of winners) {
    const again = await buyOverHttp(shop, customerId, () => survivor);
    expect(again.order?.unit).toBe(order?.unit);
  }
  await eventually(async () => {
    for (const { customerId } of winners.slice(0, 40)) {
      const answer = await shop.request<{ orders: Order[] }>('GET', '/orders/me', {
        token: await shop.token(customerId),
        node: survivor,
      });
      const [order] = answer.body.orders;
      expect(order?.status).toBe('confirmed');
      confirmed.set(customerId, order as Order);
    }
  });
  expect(kills).toBeGreaterThanOrEqual(killsMin);
  await checkSale(
    shop,
    { saleId: sale.id, quantity, node: survivor },
    { attempted: new Set(bought.map(({ customerId }) => customerId)), confirmed },
  );
});

/** Nothing listens there: what a shopper meets while no node is up. */
const nowhere = 'http://127.0.0.1:9';

/** How long something may live, or be dead: chance, not a condition that is waited for. */
function lifeOf(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
