import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  allConfirmed,
  type Bought,
  type OwnStores,
  openOwnStores,
  press,
  pressUntilAnswered,
} from '../_support/own-stores.ts';
import type { Address } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { checkSale } from './check-sale.ts';

const quantity = 12;
const early = Array.from({ length: 5 }, (_, index) => `early-${index}`);
/** Their claims are acknowledged, and MongoDB, which is down, does not have them when Redis dies. */
const late = Array.from({ length: 5 }, (_, index) => `late-${index}`);

let stores: OwnStores;
const cleanUps: (() => void)[] = [];
beforeEach(async () => {
  stores = await openOwnStores({ nodes: 1 });
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
  await stores[Symbol.asyncDispose]();
});

interface Crashed {
  saleId: string;
  confirmed: Map<string, Order>;
  claimed: Map<string, Bought>;
}

/** Some have confirmed orders and some only claims when Redis and the node are killed, the node with all that it remembered. */
async function crash(): Promise<Crashed> {
  const { shop, redis, mongodb } = stores;
  const sale = await shop.startSale({ quantity });
  for (const customer of early) await press(shop, customer);
  const confirmed = await allConfirmed(shop, early);
  await mongodb.kill();
  const claimed = new Map<string, Bought>();
  for (const customer of late) claimed.set(customer, (await press(shop, customer)).body);
  await redis.kill();
  await shop.nodes[0]?.[Symbol.asyncDispose]();
  return { saleId: sale.id, confirmed, claimed };
}

const filesDir = () => join(stores.dataDir, 'redis', 'appendonlydir');
const increments = () => join(filesDir(), 'appendonly.aof.1.incr.aof');
const damagedCopies = () =>
  readdirSync(join(stores.dataDir, 'redis')).filter((name) => name.startsWith('appendonlydir.damaged-'));

/** The customer comes back with the receipt; returns the order news that they get from then on. */
async function present(customerId: string, { receipt }: Bought, node: Address): Promise<Order[]> {
  const orders: Order[] = [];
  const token = await stores.shop.token(customerId);
  const socket = io(node.url, {
    transports: ['websocket'],
    forceNew: true,
    auth: { token, receipts: [receipt] },
  });
  cleanUps.push(() => socket.disconnect());
  socket.on('order', (order) => orders.push(order));
  return orders;
}

/** All shoppers ask again, and some who had not: what was sold and to whom must add up, whatever was lost. */
async function settle({ saleId, confirmed }: Crashed, node: Address): Promise<void> {
  const { shop } = stores;
  const customers = [...early, ...late, ...Array.from({ length: 5 }, (_, index) => `new-${index}`)];
  for (const customer of customers) {
    const { order } = await pressUntilAnswered(shop, customer, node);
    const before = confirmed.get(customer);
    if (before !== undefined) expect(order?.unit).toBe(before.unit);
  }
  await checkSale(shop, { saleId, quantity, node }, { attempted: new Set(customers), confirmed });
}

it('rebuilds from MongoDB what a torn tail of the append-only file took, and brings back a claim by its receipt', async () => {
  const crashed = await crash();
  // In the middle of a command of the third claim: that one and those after it are gone.
  const bytes = readFileSync(increments());
  const cut = bytes.indexOf('late-2') + 3;
  expect(cut).toBeGreaterThan(100);
  writeFileSync(increments(), bytes.subarray(0, cut));

  await stores.redis.comeBack();
  // Redis cuts off the broken command by itself, as it does after a power failure.
  expect(readFileSync(join(stores.dataDir, 'redis', 'redis.log'), 'utf8')).toContain(
    'loaded anyway because aof-load-truncated is enabled',
  );
  expect(damagedCopies()).toEqual([]);
  await stores.mongodb.comeBack();
  const node = await stores.shop.addNode();
  const received = await present('late-3', crashed.claimed.get('late-3') as Bought, node);
  const unitOf = (customer: string) => crashed.claimed.get(customer)?.order?.unit;
  await eventually(() =>
    expect(received.at(-1)).toMatchObject({ unit: unitOf('late-3'), status: 'confirmed' }),
  );
  // These were still in the outbox.
  for (const customer of ['late-0', 'late-1']) {
    expect((await pressUntilAnswered(stores.shop, customer, node)).order?.unit).toBe(unitOf(customer));
  }
  await settle(crashed, node);
  // Two had no receipt to present, and sent a new request.
  const audit = await stores.shop.audit(crashed.saleId, node);
  expect(audit).toMatchObject({ recoveries: 1, restored: 1 });
});

it('notifies a customer that the claim is revoked, when the torn tail took it and others bought the rest', async () => {
  const crashed = await crash();
  const bytes = readFileSync(increments());
  writeFileSync(increments(), bytes.subarray(0, bytes.indexOf('late-2') + 3));
  await stores.redis.comeBack();
  await stores.mongodb.comeBack();
  const node = await stores.shop.addNode();
  const others = Array.from({ length: quantity }, (_, index) => `other-${index}`);
  for (const customer of others) await pressUntilAnswered(stores.shop, customer, node);
  const received = await present('late-4', crashed.claimed.get('late-4') as Bought, node);
  await eventually(() => expect(received.at(-1)).toMatchObject({ status: 'revoked' }));
  await checkSale(
    stores.shop,
    { saleId: crashed.saleId, quantity, node },
    { attempted: new Set([...early, ...late, ...others]), confirmed: crashed.confirmed },
  );
});

it.each([
  // Everything before it can be read.
  ['that break the format', (bytes: Buffer, at: number) => bytes.fill('GARBAGE\0\r\n', at, at + 40)],
  // redis-check-aof finds no damage: only Redis itself knows its commands.
  ['that name an unknown command', (bytes: Buffer, at: number) => bytes.fill('Z', at + 4, at + 6)],
] as const)('starts on what is good of an append-only file with bytes %s', async (_, damage) => {
  const crashed = await crash();
  const bytes = readFileSync(increments());
  // In the middle of the file, of the time of confirmed orders.
  damage(bytes, bytes.indexOf('$4\r\nXADD', bytes.indexOf('early-3')));
  writeFileSync(increments(), bytes);

  await stores.redis.comeBack();
  expect(damagedCopies()).toHaveLength(1);
  const [copy] = damagedCopies();
  expect(
    readFileSync(join(stores.dataDir, 'redis', copy as string, 'appendonly.aof.1.incr.aof')).equals(bytes),
  ).toBe(true);
  await stores.mongodb.comeBack();
  const node = await stores.shop.addNode();
  const received = await present('late-0', crashed.claimed.get('late-0') as Bought, node);
  await eventually(() =>
    expect(received.at(-1)).toMatchObject({
      unit: crashed.claimed.get('late-0')?.order?.unit,
      status: 'confirmed',
    }),
  );
  await settle(crashed, node);
});
