import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readReceipt, signReceipt } from '../../src/buying/receipt.ts';
import { signToken } from '../../src/identity/tokens.ts';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createModels, type Models } from '../../src/mongo/models.ts';
import { addReceiptKey, ReceiptKeyring } from '../../src/mongo/receipt-keys.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { usd } from '../_support/usd.ts';

describe('another JWT_SECRET', () => {
  const next = 'the secret of next month with 32 bytes or more';
  const last = 'the secret of last month with 32 bytes or more';
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(inject('mongodbUri'), {
      environment: { JWT_SECRET: next, JWT_SECRET_PREVIOUS: `${'x'.repeat(40)},${last}` },
    });
    const olga = await signToken(next, { customerId: 'olga', role: 'operator' }, Date.now());
    const started = await shop.request('POST', '/start', { token: olga.token, body: { startsAt: 'now' } });
    expect(started.status).toBe(201);
  });
  afterAll(() => shop?.[Symbol.asyncDispose]());

  it('signs no customer out: a token of the earlier key still buys, and new tokens are signed with the new key', async () => {
    const early = (await signToken(last, { customerId: 'ann', role: 'customer' }, Date.now())).token;
    expect((await shop.request('POST', '/buy', { token: early })).status).toBe(201);
    const { body } = await shop.request<{ token: string }>('POST', '/login', { body: { customerId: 'bob' } });
    expect((await shop.request('POST', '/buy', { token: body.token })).status).toBe(201);
    await using without = await shop.addNode({ JWT_SECRET_PREVIOUS: '' });
    expect((await shop.request('GET', '/orders/me', { token: body.token, node: without })).status).toBe(200);
    expect((await shop.request('GET', '/orders/me', { token: early, node: without })).status).toBe(401);
  });

  it('is not any other', async () => {
    const { token } = await signToken('y'.repeat(40), { customerId: 'eve', role: 'customer' }, Date.now());
    expect((await shop.request('GET', '/orders/me', { token })).status).toBe(401);
  });
});

describe('another key for receipts', () => {
  const claim = {
    saleId: 's',
    customerId: 'ann',
    slot: 1,
    unit: 1,
    seq: 1,
    claimedAt: 1,
    requestId: 'r',
    arrivedAt: 0,
  };
  const undo = new AsyncDisposableStack();
  let models: Models;
  beforeAll(async () => {
    const database = `test_${randomBytes(6).toString('hex')}`;
    const mongo = await connectMongo(inject('mongodbUri'), database, () => undefined);
    undo.defer(() => mongo.close());
    models = await createModels(mongo);
  });
  afterAll(() => undo.disposeAsync());

  it('is known to every node before any of them signs with it, and the receipts of the earlier one stay good', async () => {
    // That of Redis, by which all nodes go: what this machine takes for the time of day does not enter.
    let now = Date.now() - 3_600_000;
    const clock = { now: () => now };
    const keyring = undo.use(await ReceiptKeyring.open(models, clock, () => undefined));
    const other = undo.use(await ReceiptKeyring.open(models, clock, () => undefined));
    const early = signReceipt(claim, usd(999), keyring.keys[0]);
    await addReceiptKey(models, now);
    await Promise.all([keyring.refresh(), other.refresh()]);
    expect(keyring.keys).toHaveLength(2);
    expect(signReceipt(claim, usd(999), keyring.keys[0])).toBe(early);
    now += 200_000;
    await keyring.refresh();
    const late = signReceipt(claim, usd(999), keyring.keys[0]);
    expect(late).not.toBe(early);
    for (const receipt of [early, late])
      for (const { keys } of [keyring, other]) expect(readReceipt(receipt, keys)).toEqual(claim);
  });
});
