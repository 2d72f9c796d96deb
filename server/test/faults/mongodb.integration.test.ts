import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { describe, expect, it } from 'vitest';
import { countOfFaults } from '../_support/count-of-faults.ts';
import { type Killable, startKillable } from '../_support/killable.ts';
import { type NetworkLink, openNetworkLink, through } from '../_support/network-link.ts';
import { type NodeProcess, startNodeProcess } from '../_support/node-process.ts';
import { makeDataDir } from '../_support/own-stores.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { confirmedOrder, eventually, type Shopper } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const names = Array.from({ length: 20 }, (_, index) => `customer-${index}`);

/** A shop on a separate MongoDB, which its one node reaches by a link. */
interface Scene extends AsyncDisposable {
  mongodb: Killable;
  link: NetworkLink;
  shop: Shop;
  node: NodeProcess;
}

async function openScene(): Promise<Scene> {
  await using undo = new AsyncDisposableStack();
  const mongodb = undo.use(await startKillable(startPrivateMongodb, await makeDataDir(undo)));
  const link = undo.use(await openNetworkLink(mongodb.service.port));
  const shop = undo.use(await openShop(mongodb.url, { nodes: 0 }));
  const environment = { ...shop.environment, MONGODB_URI: through(link, mongodb.url) };
  const node = undo.use(await startNodeProcess(environment));
  const done = undo.move();
  return { mongodb, link, shop, node, [Symbol.asyncDispose]: () => done.disposeAsync() };
}

type Act = (scene: Scene) => unknown;
const faults: [string, Act, Act][] = [
  ['hangs', ({ mongodb }) => mongodb.freeze(), ({ mongodb }) => mongodb.thaw()],
  ['answers after the deadline', ({ link }) => link.hold('downstream'), ({ link }) => link.mend()],
  [
    'is cut off in the middle of every answer',
    ({ link }) => link.endAfter('downstream', 40),
    ({ link }) => link.mend(),
  ],
  ['can not be reached', ({ link }) => link.cut(), ({ link }) => link.mend()],
  ['is killed', ({ mongodb }) => mongodb.kill(), ({ mongodb }) => mongodb.comeBack()],
];

// They wait for deadlines to pass and for MongoDB to come back, so they wait together.
describe.concurrent('while MongoDB', () => {
  it.each(faults)(
    '%s, claims are made, and each is confirmed once when it is back',
    async (_, fail, mend) => {
      await using scene = await openScene();
      const { shop, node } = scene;
      const sale = await shop.startSale({ quantity: 20 }, node);
      const shoppers = await Promise.all(names.map((name) => shop.shopper(name, node)));
      const parts = [shoppers.slice(0, 4), shoppers.slice(4, 12), shoppers.slice(12)] as const;
      await claimed(parts[0]);
      for (const shopper of parts[0]) await confirmedOrder(shopper);

      const faultsBefore = await countOfFaults(node, 'writer');
      // Some are on their way to MongoDB when it happens, the others come later.
      const during = claimed(parts[1]);
      await fail(scene);
      await during;
      await claimed(parts[2]);
      // The page of a customer with a confirmed order is loaded again: how far the order is, MongoDB alone knows.
      const reloaded = await shop.shopper(names[0] as string, node);
      await eventually(() => expect(reloaded.orders).toMatchObject([{ status: 'claimed' }]));
      // An operator is asked to retry, long before a MongoDB that hangs is given up.
      const id = `${sale.id}:${names.at(-1)}:1`;
      const cancelled = await fetch(`${node.url}/orders/${encodeURIComponent(id)}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${await shop.token('olga', 'operator')}` },
        signal: AbortSignal.timeout(8_000),
      });
      expect([cancelled.status, await cancelled.json()]).toMatchObject([503, { code: 'unavailable' }]);
      expect(cancelled.headers.get('retry-after')).toMatch(/^[12]$/);
      const waiting = [...parts[1], ...parts[2]];
      // Their next answer comes after the news of what was confirmed before it happened.
      await Promise.all(parts[1].map((shopper) => shopper.buy()));
      const confirmedBefore = waiting.map((shopper) => confirmedOf(shopper).length);
      await eventually(async () => expect(await countOfFaults(node, 'writer')).toBeGreaterThan(faultsBefore));
      expect((await shop.request('GET', '/healthz', { node })).status).toBe(200);
      for (const shopper of parts[2]) {
        expect(await shopper.buy()).toMatchObject({
          code: 'already_purchased',
          order: { status: 'claimed' },
        });
      }

      // Before MongoDB has confirmed an order, no customer gets it as confirmed.
      expect(waiting.map((shopper) => confirmedOf(shopper).length)).toEqual(confirmedBefore);

      await mend(scene);
      const confirmed = new Map<string, Order>();
      for (const [index, shopper] of shoppers.entries()) {
        const order = await confirmedOrder(shopper);
        confirmed.set(names[index] as string, order);
        // Perhaps notified twice, but of the same order.
        for (const delivered of confirmedOf(shopper)) expect(delivered).toEqual(order);
      }
      expect(await confirmedOrder(reloaded)).toEqual(confirmed.get(names[0] as string));
      const at = { saleId: sale.id, quantity: 20, node };
      const final = await checkSale(shop, at, { attempted: new Set(names), confirmed });
      expect(final.map(({ unit }) => unit).sort((a, b) => a - b)).toEqual(
        names.map((_name, index) => index + 1),
      );
    },
  );

  it('is slow, confirmations are slow, and nothing else', async () => {
    await using scene = await openScene();
    const { link, shop, node } = scene;
    const sale = await shop.startSale({ quantity: 20 }, node);
    const shoppers = await Promise.all(names.map((name) => shop.shopper(name, node)));
    const faultsBefore = await countOfFaults(node, 'writer');
    link.slow('upstream', 200);
    link.slow('downstream', 200);
    await claimed(shoppers);
    const confirmed = new Map<string, Order>();
    for (const [index, shopper] of shoppers.entries()) {
      confirmed.set(names[index] as string, await confirmedOrder(shopper));
    }
    expect(await countOfFaults(node, 'writer')).toBe(faultsBefore);
    const at = { saleId: sale.id, quantity: 20, node };
    await checkSale(shop, at, { attempted: new Set(names), confirmed });
  });
});

async function claimed(shoppers: readonly Shopper[]): Promise<void> {
  const answers = await Promise.all(shoppers.map((shopper) => shopper.buy()));
  for (const answer of answers) expect(answer).toMatchObject({ ok: true, order: { status: 'claimed' } });
}

function confirmedOf(shopper: Shopper): Order[] {
  return shopper.orders.filter(({ status }) => status === 'confirmed');
}
