import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Haproxy, haproxyBinary, openHaproxy } from '../_support/haproxy.ts';
import { inParallel } from '../_support/in-parallel.ts';
import { makeNextVersion } from '../_support/next-version.ts';
import { type NodeProcess, startNodeProcess } from '../_support/node-process.ts';
import { type Bought, buyOverHttp, buyOverSocket } from '../_support/persistent-buyer.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { connectShopper, eventually, type Shopper } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const nodes = 4;
const quantity = 300;
const buyersAtOnce = 8;
const watchers = 60;
const reconnecting = { reconnection: true, reconnectionDelay: 100, reconnectionDelayMax: 1_000 };

const binary = await haproxyBinary();
if ('missing' in binary) console.warn(`The rolling deploy is not tested: ${binary.missing}`);

let shop: Shop;
let haproxy: Haproxy;
beforeAll(async () => {
  if ('missing' in binary) return;
  shop = await openShop(inject('mongodbUri'), { nodes: 0, environment: { DRAIN_NOTICE_MS: '2500' } });
  haproxy = await openHaproxy(binary);
});
afterAll(async () => {
  await haproxy?.[Symbol.asyncDispose]();
  await shop?.[Symbol.asyncDispose]();
});

/** Nodes that HAProxy sends new clients to. */
async function nodesUp(): Promise<number> {
  const text = await haproxy.metrics();
  return [...text.matchAll(/^haproxy_server_status\{proxy="nodes",server="[^"]+",state="UP"\} 1$/gm)].length;
}

async function metric(node: NodeProcess, pattern: RegExp): Promise<number> {
  const text = await (await fetch(`${node.url}/metrics`)).text();
  return [...text.matchAll(pattern)].reduce((sum, [, value]) => sum + Number(value), 0);
}

/** Counts as one spectator saw them, over all of their connections. */
const seenBy = ({ sales, stocks }: Shopper) =>
  [...sales, ...stocks].toSorted((a, b) => a.seq - b.seq).map(({ remaining }) => remaining);

it.skipIf('missing' in binary)(
  'four nodes behind HAProxy become those of the next version during a sale, and no buy ends with more than a retry',
  { timeout: 240_000 },
  async () => {
    await using started = new AsyncDisposableStack();
    const next = started.use(await makeNextVersion());
    const start = async (address: string, program?: string): Promise<NodeProcess> => {
      const environment = { ...shop.environment, HOST: address, PORT: String(haproxy.nodePort) };
      return started.use(await startNodeProcess(environment, program === undefined ? {} : { program }));
    };
    const old = await Promise.all(
      Array.from({ length: nodes }, (_, index) => start(`127.0.0.${11 + index}`)),
    );
    for (const { url } of old) haproxy.addresses.add(new URL(url).hostname);
    await eventually(async () => expect(await nodesUp()).toBe(nodes));
    const sale = await shop.startSale({ quantity }, haproxy);

    const spectators = await inParallel(Array.from({ length: watchers }), 20, async () => {
      const spectator = await connectShopper(haproxy.url, null, reconnecting);
      started.defer(() => void spectator.socket.disconnect());
      return spectator;
    });

    let deployed = 0;
    const share = () => ((deployed + 1) * quantity) / (nodes + 1);
    const isOver = () => deployed === nodes;
    const bought: Bought[] = [];
    // They press for as long as nodes are being replaced, and until everything is sold and some have come too late.
    const pressing = inParallel(Array.from({ length: buyersAtOnce }), buyersAtOnce, async (_, lane) => {
      for (let turn = 0; !isOver() || bought.length < quantity + 20; turn++) {
        const customerId = `buyer-${lane}-${turn}`;
        const buy =
          lane % 2 === 0
            ? buyOverHttp(shop, customerId, () => haproxy)
            : buyOverSocket(shop, customerId, haproxy);
        bought.push(await buy);
        // The sale is to last as long as the deploy: each replacement has its share of the stock.
        while (!isOver() && bought.length > share()) await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });

    const successor = (index: number) => start(`127.0.0.${21 + index}`, next.main);
    const running: NodeProcess[] = [];
    let starting = successor(0);
    let keeper: Shopper | undefined;
    let ignored = 0;
    for (const [index, node] of old.entries()) {
      const fresh = await starting;
      running.push(fresh);
      haproxy.addresses.add(new URL(fresh.url).hostname);
      await eventually(async () => expect(await nodesUp()).toBe(nodes + 1));
      if (index === 1) {
        // Connected to a node of the old version, while those of the next one write orders too.
        const staying = old.at(-1) as NodeProcess;
        keeper = await connectShopper(staying.url, await shop.token('keeper'));
        started.defer(() => void keeper?.socket.disconnect());
        expect(await keeper.buy()).toMatchObject({ ok: true });
        await eventually(() => expect(keeper?.orders.at(-1)?.status).toBe('confirmed'));
        ignored = await metric(
          staying,
          /^flipzon_messages_ignored_total\{kind="(?:orders|stock|presence)"\} (\d+)$/gm,
        );
      }
      // The next one is on its way meanwhile.
      if (index + 1 < nodes) starting = successor(index + 1);
      node.kill('SIGTERM');
      expect(await node.exited).toMatchObject({ code: 0, signal: null });
      haproxy.addresses.delete(new URL(node.url).hostname);
      await eventually(async () => expect(await nodesUp()).toBe(nodes));
      deployed++;
    }
    await pressing;

    const said = bought.flatMap(({ onTheWay }) => onTheWay);
    const times = Object.fromEntries(
      [...new Set(said)].map((code) => [code, said.filter((each) => each === code).length]),
    );
    console.info(
      `rolling deploy: ${bought.length} buys, on the way ${JSON.stringify(times)}, ${ignored} messages of the next version left alone`,
    );
    const overHttp = bought.filter(({ customerId }) => Number(customerId.split('-')[1]) % 2 === 0);
    expect(overHttp.flatMap(({ onTheWay }) => onTheWay).filter((code) => code !== 'unavailable')).toEqual([]);
    // A socket that is closed under its buyer asks again by itself, once it is open elsewhere.
    expect(said.filter((code) => !['not_connected', 'no_answer', 'unavailable'].includes(code))).toEqual([]);

    const winners = bought.filter(({ order }) => order !== null);
    expect(winners).toHaveLength(quantity - 1);
    const survivor = running.at(-1) as NodeProcess;
    const attempted = new Set([...bought.map(({ customerId }) => customerId), 'keeper']);
    const history = { attempted, confirmed: new Map() };
    const orders = await checkSale(shop, { saleId: sale.id, quantity, node: survivor }, history);
    const units = new Map(orders.map(({ customerId, unit }) => [customerId, unit]));
    for (const { customerId, order } of winners) expect(units.get(customerId)).toBe(order?.unit);

    // Neither version took the other's scripts for a Redis that has lost its memory.
    expect(await metric(survivor, /^flipzon_epoch (\d+)$/gm)).toBe(1);
    expect(ignored).toBeGreaterThan(0);

    // Every spectator has lost its first node, is back, and sees the truth; the counts of all connections together only fall.
    await eventually(() => {
      for (const { socket } of spectators) expect(socket.connected).toBe(true);
      for (const spectator of spectators) expect(seenBy(spectator).at(-1)).toBe(0);
    });
    for (const spectator of spectators.slice(0, 5)) {
      const counts = seenBy(spectator);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      expect(counts.length).toBeGreaterThan(10);
    }
  },
);
