import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { textsOf } from '../../src/redis/scripts.ts';
import { type OwnStores, openOwnStores, press, pressUntilAnswered } from '../_support/own-stores.ts';
import { eventually } from '../_support/shopper.ts';
import { checkSale } from '../faults/check-sale.ts';

let stores: OwnStores;
const clients: Redis[] = [];
const as = (url: string): Redis => {
  const client = new Redis(url, { protocol: 2, disableClientInfo: true });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
};
let nodes: Redis;
let recovery: Redis;
let admin: Redis;
beforeAll(async () => {
  inject('mongodbUri');
  stores = await openOwnStores();
  nodes = as(stores.redis.url);
  recovery = as(stores.redis.service.recoveryUrl);
  admin = as(stores.redis.service.adminUrl);
});
afterAll(async () => {
  for (const client of clients) client.disconnect();
  await stores?.[Symbol.asyncDispose]();
});

const forbidden = [
  'EVAL return(1) 0',
  'EVAL_RO return(1) 0',
  'SCRIPT LOAD return(1)',
  'SCRIPT FLUSH',
  'FUNCTION LOAD #!lua',
  'FCALL f 0',
  'FLUSHALL',
  'FLUSHDB',
  'CONFIG SET maxmemory 1',
  'CONFIG GET requirepass',
  'ACL SETUSER nodes +@all',
  'ACL LIST',
  'SHUTDOWN',
  'KEYS *',
  'SCAN 0',
  'REPLICAOF 127.0.0.1 1',
  'MONITOR',
  'CLIENT KILL TYPE normal',
  'BGREWRITEAOF',
  'SAVE',
  'SWAPDB 0 1',
  'MIGRATE 127.0.0.1 1 k 0 1',
];

describe('the user of the nodes', () => {
  it.each(forbidden)('may not %s', async (command) => {
    const [name = '', ...args] = command.split(' ');
    await expect(nodes.call(name, ...args)).rejects.toThrow(/^NOPERM/);
  });

  it('can touch only keys of sales, and only the shop’s channels', async () => {
    await expect(nodes.set('other', '1')).rejects.toThrow(/^NOPERM/);
    await expect(nodes.get('other')).rejects.toThrow(/^NOPERM/);
    await expect(nodes.publish('other', '1')).rejects.toThrow(/^NOPERM/);
    await expect(nodes.psubscribe('*')).rejects.toThrow(/^NOPERM/);
    expect(await nodes.get('sale:{none}:1:state')).toBeNull();
  });

  it('may call every command that a script calls: one that is refused half way would leave half a claim', () => {
    const called = new Set(
      textsOf('any').flatMap((text) =>
        [...text.matchAll(/redis\.p?call\(\s*'(\w+)'/g)].map((match) => match[1] as string),
      ),
    );
    const rules = readFileSync(new URL('../../src/redis/users.acl', import.meta.url), 'utf8')
      .split('\n')
      .find((line) => line.startsWith('user nodes '));
    expect(called.size).toBeGreaterThan(5);
    expect([...called].filter((name) => !rules?.split(' ').includes(`+${name.toLowerCase()}`))).toEqual([]);
  });
});

describe('the user of the recovery', () => {
  it('loads scripts, and may not call them, nor touch a key', async () => {
    const sha = (await recovery.script('LOAD', 'return 1')) as string;
    expect(await nodes.evalsha(sha, 0)).toBe(1);
    for (const command of [
      `EVALSHA ${sha} 0`,
      'GET sale:{none}:1:state',
      'SCRIPT FLUSH',
      'FLUSHALL',
      'PUBLISH c m',
    ]) {
      const [name = '', ...args] = command.split(' ');
      await expect(recovery.call(name, ...args)).rejects.toThrow(/^NOPERM/);
    }
  });
});

it('sells, loses its Redis, recovers and sells out with these two users, and is refused nothing', async () => {
  const { shop, redis } = stores;
  await admin.call('ACL', 'LOG', 'RESET');
  const quantity = 12;
  const sale = await shop.startSale({ quantity });
  const customers = Array.from({ length: quantity + 4 }, (_, index) => `users-${index}`);
  const socket = await shop.shopper('users-0', shop.nodes[1]);
  expect(await socket.buy('users-0-only')).toMatchObject({ ok: true });
  for (const customer of customers.slice(1, 6)) expect((await press(shop, customer)).status).toBe(201);
  // By the adapter, from the node that wrote the order.
  await eventually(() => expect(socket.orders.at(-1)?.status).toBe('confirmed'));
  const cancelled = await shop.operate('DELETE', `/orders/${socket.orders.at(-1)?.id}`);
  expect(cancelled.status).toBe(200);
  for (const action of ['pause', 'resume'])
    expect((await shop.operate('POST', `/sales/${sale.id}/${action}`)).status).toBe(200);

  // What was refused is kept in memory only.
  expect(await admin.call('ACL', 'LOG')).toEqual([]);
  await redis.kill();
  await redis.comeBack();
  for (const [index, customer] of customers.slice(1).entries())
    await pressUntilAnswered(shop, customer, shop.nodes[index % 2]);
  await eventually(async () => expect((await shop.status()).remaining).toBe(0));
  await checkSale(
    shop,
    { saleId: sale.id, quantity, node: shop.nodes[1] as { url: string } },
    { attempted: new Set(customers), confirmed: new Map() },
  );
  await eventually(async () => expect(await admin.call('ACL', 'LOG')).toEqual([]));
});
