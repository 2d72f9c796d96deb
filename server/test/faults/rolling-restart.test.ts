import { expect, inject, it } from 'vitest';
import { openBalancer } from '../_support/balancer.ts';
import { inParallel } from '../_support/in-parallel.ts';
import { type NodeProcess, startNodeProcess } from '../_support/node-process.ts';
import { type Bought, buyOverHttp, buyOverSocket } from '../_support/persistent-buyer.ts';
import { openShop } from '../_support/shop.ts';
import { connectShopper, eventually, type Shopper } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const nodes = 3;
const quantity = 300;
const buyersAtOnce = 8;
const watchers = 60;

/** Counts as one spectator saw them, over all of their connections. */
const seenBy = ({ sales, stocks }: Shopper) =>
  [...sales, ...stocks].toSorted((a, b) => a.seq - b.seq).map(({ remaining }) => remaining);

it('all nodes are replaced in mid-sale, one after the other, and nobody hears more than "again, please"', {
  timeout: 240_000,
}, async () => {
  await using shop = await openShop(inject('mongodbUri'), { nodes: 0 });
  await using balancer = await openBalancer();
  await using started = new AsyncDisposableStack();
  const start = async (): Promise<NodeProcess> => {
    const node = started.use(await startNodeProcess(shop.environment));
    await balancer.add(node);
    return node;
  };
  const running = await Promise.all(Array.from({ length: nodes }, start));
  const sale = await shop.startSale({ quantity }, balancer);

  const reconnects = new Map<number, number>();
  const spectators = await inParallel(Array.from({ length: watchers }), 20, async (_, index) => {
    const spectator = await connectShopper(balancer.url, null, {
      reconnection: true,
      reconnectionDelay: 100,
      reconnectionDelayMax: 1_000,
    });
    started.defer(() => void spectator.socket.disconnect());
    spectator.socket.on('connect', () => reconnects.set(index, (reconnects.get(index) ?? 0) + 1));
    return spectator;
  });
  let backwards = 0;
  let newest = -1;
  spectators[0]?.socket.on('stock', ({ seq }) => {
    if (seq < newest) backwards++;
    newest = seq;
  });

  let replaced = false;
  const bought: Bought[] = [];
  // They press for as long as nodes are being replaced, and until everything is sold and some have come too late.
  const pressing = inParallel(Array.from({ length: buyersAtOnce }), buyersAtOnce, async (_, lane) => {
    for (let turn = 0; !replaced || bought.length < quantity + 20; turn++) {
      const customerId = `buyer-${lane}-${turn}`;
      const buy =
        turn % 2 === 0
          ? buyOverHttp(shop, customerId, () => balancer)
          : buyOverSocket(shop, customerId, balancer);
      bought.push(await buy);
      // The sale is to last as long as the restarts: each replacement has its share of the stock.
      while (!replaced && bought.length > share()) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
  let done = 0;
  const share = () => ((done + 1) * quantity) / (nodes + 1);
  for (const old of running) {
    await eventually(() => expect(bought.length).toBeGreaterThan(share() - quantity / (nodes + 1) / 2));
    const successor = await start();
    old.kill('SIGTERM');
    expect(await old.exited).toMatchObject({ code: 0, signal: null });
    running.push(successor);
    done++;
    if (done === nodes) break;
  }
  replaced = true;
  await pressing;

  const said = new Set(bought.flatMap(({ onTheWay }) => onTheWay));
  expect([...said].filter((code) => code !== 'no_answer' && code !== 'unavailable')).toEqual([]);
  const winners = bought.filter(({ order }) => order !== null);
  expect(winners).toHaveLength(quantity);
  const survivor = running.at(-1) as NodeProcess;
  const attempted = new Set(bought.map(({ customerId }) => customerId));
  const orders = await checkSale(
    shop,
    { saleId: sale.id, quantity, node: survivor },
    { attempted, confirmed: new Map() },
  );
  const units = new Map(orders.map(({ customerId, unit }) => [customerId, unit]));
  for (const { customerId, order } of winners) expect(units.get(customerId)).toBe(order?.unit);

  // Every spectator has lost its first node, is back, and sees the truth; the counts of all connections together only fall.
  await eventually(() => {
    for (const { socket } of spectators) expect(socket.connected).toBe(true);
    for (const spectator of spectators) expect(seenBy(spectator).at(-1)).toBe(0);
  });
  expect(reconnects.size).toBe(watchers);
  expect(backwards).toBe(0);
  const counts = seenBy(spectators[0] as Shopper);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  expect(counts.length).toBeGreaterThan(10);
});
