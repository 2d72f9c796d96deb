import type { Order } from '@flipzon/protocol/schemas.ts';
import { expect, inject, it, vi } from 'vitest';
import { openBalancer } from '../_support/balancer.ts';
import { startNodeProcess } from '../_support/node-process.ts';
import { type Address, openShop } from '../_support/shop.ts';
import { openSocketCrowd, type SocketCrowd } from '../_support/socket-crowd.ts';
import { checkSale } from './check-sale.ts';

/** FAULT_SOCKETS=5000 for a larger storm. */
const sockets = Number(process.env.FAULT_SOCKETS ?? 1_500);
const buyers = 200;
const quantity = 150;
const waitMsMax = 240_000;

const refusedBy = async (node: Address): Promise<number> => {
  const text = await (await fetch(`${node.url}/metrics`)).text();
  return [...text.matchAll(/^flipzon_admissions_refused_total\{reason="(?:rate|busy)"\} (\d+)$/gm)].reduce(
    (sum, match) => sum + Number(match[1]),
    0,
  );
};

/** All are connected and see the true count, which they got on connecting or since. */
async function allBack(crowd: SocketCrowd, remaining: number): Promise<void> {
  await vi.waitFor(
    async () => expect((await crowd.report()).counts).toEqual({ [String(remaining)]: sockets }),
    { timeout: waitMsMax, interval: 250 },
  );
}

it(`${sockets} sockets that lose their node at once all come back, and its sale goes on`, {
  timeout: 2 * waitMsMax,
}, async () => {
  await using shop = await openShop(inject('mongodbUri'), { nodes: 0 });
  await using first = await startNodeProcess(shop.environment);
  // So few that also a slow machine has more of them at its door.
  await using second = await startNodeProcess({ ...shop.environment, ADMISSION_RATE: '200/1s' });
  await using balancer = await openBalancer();
  await balancer.add(first);
  const sale = await shop.startSale({ quantity }, first);
  const customers = Array.from({ length: buyers }, (_, index) => `customer-${index}`);
  await using crowd = await openSocketCrowd(balancer.url, {
    tokens: await Promise.all(customers.map((customer) => shop.token(customer))),
    spectators: sockets - buyers,
  });
  await allBack(crowd, quantity);
  // By the first node, whose own count goes with it.
  const { refused: refusedBefore } = await crowd.report();

  // All at once, with half of the buyers in the middle of it, to a node that has served no client yet.
  await balancer.add(second);
  const early = crowd.buy(0, buyers / 2);
  first.kill('SIGKILL');
  const answers = await early;
  answers.push(...(await crowd.buy(buyers / 2, buyers)));
  await allBack(crowd, 0);
  const { reconnects, backwards, ...after } = await crowd.report();
  const refused = after.refused - refusedBefore;
  expect(reconnects).toBeGreaterThanOrEqual(sockets);
  expect(refused).toBeGreaterThan(0);
  expect(await refusedBy(second)).toBeGreaterThanOrEqual(refused);
  expect(backwards).toBe(0);

  // Every buyer got an answer, or was asked to retry.
  const onTheWay = new Set(answers.flatMap((answer) => answer.onTheWay));
  expect([...onTheWay].filter((code) => code !== 'no_answer' && code !== 'unavailable')).toEqual([]);
  expect(answers.filter((answer) => answer.order !== null)).toHaveLength(quantity);
  const orders = await checkSale(
    shop,
    { saleId: sale.id, quantity, node: second },
    { attempted: new Set(customers), confirmed: new Map<string, Order>() },
  );
  const byCustomer = new Map(orders.map((order) => [order.customerId, order.unit]));
  for (const { order } of answers)
    if (order !== null) expect(byCustomer.get(order.customerId)).toBe(order.unit);
});
