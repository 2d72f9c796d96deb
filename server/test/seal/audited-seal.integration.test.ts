import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { SealAnswer, SealLeaves } from '@flipzon/protocol/seal-schemas.ts';
import mongoose, { type Connection } from 'mongoose';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { chunkRoot } from '../../src/seal/build-seal.ts';
import { statementDigest } from '../../src/seal/statement.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { verdictOn } from '../_support/verify-proof.ts';

let shop: Shop;
let database: Connection;
let sale: Sale;
let seal: SealAnswer;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'));
  database = await mongoose.createConnection(shop.mongodbUri).asPromise();
  sale = await shop.startSale({ quantity: 4 });
  for (const customer of ['ann', 'bob', 'cem', 'dan'])
    await shop.request('POST', '/buy', { token: await shop.token(customer) });
  await eventually(async () => {
    const answer = await shop.request<SealAnswer>('GET', `/sales/${sale.id}/seal`);
    expect(answer.status).toBe(200);
    seal = answer.body;
  });
});
afterAll(async () => {
  await database?.close();
  await shop[Symbol.asyncDispose]();
});

const brokenChecks = async () =>
  (await shop.audit(sale.id)).checks.filter(({ holds }) => !holds).map(({ invariant }) => invariant);

it('the audit computes the seal again, and finds it clean', async () => {
  const report = await shop.audit(sale.id);
  expect(report).toMatchObject({ clean: true, seal: { version: 1, root: seal.root, size: 4 } });
  expect(report.checks.filter(({ invariant }) => /seal/.test(invariant))).toHaveLength(3);
});

it('audit and verifier find a claim outside the windows, and a window that was rewritten after the sale', async () => {
  expect(seal.windows).toMatchObject([{ startsAt: sale.startsAt, endsAt: null, paused: false }]);
  const revisions = database.collection<{ _id: string; startsAt: Date }>('salerevisions');
  const id = `${sale.id}:1`;
  const startsAt = new Date(Date.parse(sale.startsAt) + 3_600_000);
  await revisions.updateOne({ _id: id }, { $set: { startsAt } });
  expect(await brokenChecks()).toEqual([
    'every claim lies within a window that was in force when it was made',
    'the windows are as they were published',
  ]);
  await revisions.updateOne({ _id: id }, { $set: { startsAt: new Date(sale.startsAt) } });
  expect(await brokenChecks()).toEqual([]);
});

it('the audit finds an order that was changed behind the seal’s back, and a leaf that was', async () => {
  const orders = database.collection<{ _id: string; claimedAt: Date }>('orders');
  const id = `${sale.id}:bob:1`;
  const { claimedAt } = (await orders.findOne({ _id: id })) ?? { claimedAt: new Date(0) };
  await orders.updateOne({ _id: id }, { $set: { claimedAt: new Date(claimedAt.getTime() - 1) } });
  expect(await brokenChecks()).toEqual([
    'every sealed order is in MongoDB as it was sealed',
    'every order of the time is in the seal',
  ]);
  await orders.updateOne({ _id: id }, { $set: { claimedAt } });

  const chunks = database.collection<{ _id: string; leaves: string[] }>('sealchunks');
  const chunk = await chunks.findOne({});
  const leaves = chunk?.leaves.map((leaf) => leaf.replace('"claim":2', '"claim":3')) ?? [];
  await chunks.updateOne({ _id: chunk?._id ?? '' }, { $set: { leaves } });
  expect(await brokenChecks()).toEqual(['the published leaves lead to the sealed root']);
  await chunks.updateOne({ _id: chunk?._id ?? '' }, { $set: { leaves: chunk?.leaves ?? [] } });
  expect(await brokenChecks()).toEqual([]);
});

it('a third party’s verifier finds what a shop would have to hide, even if the shop makes a root for it', async () => {
  const { body } = await shop.request<SealLeaves>('GET', `/sales/${sale.id}/seal/leaves`);
  // As an earlier version of the shop published it: only the root holds it together.
  const { digest, statement, ...withoutDigest } = seal;
  const rooted = (leaves: string[], more: Partial<SealAnswer> = {}) =>
    verdictOn({ seal: { ...withoutDigest, root: chunkRoot(leaves).toString('hex'), ...more }, leaves });
  const [first = '', second = '', ...others] = body.leaves;
  const customerOf = (leaf: string) => JSON.parse(leaf).customer;

  expect(await verdictOn({ seal, leaves: body.leaves })).toBe('holds');
  const [window] = seal.windows ?? [];
  for (const windows of [
    [{ ...window, paused: true }],
    [{ ...window, startsAt: '2040-01-01T00:00:00.000Z' }],
    [{ ...window, endsAt: sale.startsAt }],
  ]) {
    const said = await verdictOn({ seal: { ...withoutDigest, windows } as SealAnswer, leaves: body.leaves });
    expect(said).toContain('outside the sale');
  }
  expect(
    await verdictOn({ seal, leaves: [first, second.replace('"unit":2', '"unit":9'), ...others] }),
  ).toContain('do not lead to the published root');
  expect(await rooted([first, second.replace('"unit":2', '"unit":1'), ...others])).toBe(
    'a unit was sold twice',
  );
  expect(await rooted([first, second.replace(customerOf(second), customerOf(first)), ...others])).toBe(
    'a customer has more than their share',
  );
  expect(await rooted(body.leaves, { quantity: 3 })).toBe('more was sold than there was');
  expect(await rooted([second, first, ...others])).toBe('the claims are not in their order');
  expect(await rooted(body.leaves.slice(0, 3))).toBe('the counts are not those of the claims');
});

it('windows, quantity and share are under the digest: a shop that rewrites them needs another one, which is not the one that was kept', async () => {
  const { leaves } = (await shop.request<SealLeaves>('GET', `/sales/${sale.id}/seal/leaves`)).body;
  const { digest = '', statement = '' } = seal;
  const earlier = new Date(Date.parse(sale.startsAt) - 3_600_000).toISOString();
  const rewritten = {
    ...seal,
    windows: (seal.windows ?? []).map((window) => ({ ...window, startsAt: earlier })),
  };
  expect(await verdictOn({ seal, leaves }, digest)).toBe('holds');
  for (const changed of [rewritten, { ...seal, quantity: 5 }, { ...seal, perCustomer: 2 }])
    expect(await verdictOn({ seal: changed, leaves })).toBe(
      'the seal says something else than its statement',
    );
  const restated = { ...rewritten, statement: statement.replace(sale.startsAt, earlier) };
  expect(await verdictOn({ seal: restated, leaves })).toBe('the statement does not lead to the digest');
  const resealed = { ...restated, digest: statementDigest(restated.statement) };
  expect(await verdictOn({ seal: resealed, leaves })).toBe('holds');
  expect(await verdictOn({ seal: resealed, leaves }, digest)).toBe('the digest is not the one that was kept');
  const { digest: _, statement: __, ...stripped } = rewritten;
  expect(await verdictOn({ seal: stripped, leaves }, digest)).toBe('the digest is not the one that was kept');

  const seals = database.collection<{ _id: string; perCustomer: number }>('seals');
  await seals.updateOne({ _id: `${sale.id}:1` }, { $set: { perCustomer: 2 } });
  expect(await brokenChecks()).toEqual(['what is published beside the leaves leads to the digest']);
  await seals.updateOne({ _id: `${sale.id}:1` }, { $set: { perCustomer: 1 } });
});
