import { isIncluded, pseudonymOf } from '@flipzon/protocol/inclusion.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import type { OrderProof, SealAnswer, SealLeaf, SealLeaves } from '@flipzon/protocol/seal-schemas.ts';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { verifyProof, verifySale } from '../_support/verify-proof.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

const buy = async (customerId: string, node = shop.nodes[0]) => {
  const { body } = await shop.request<{ order: Order }>('POST', '/buy', {
    token: await shop.token(customerId),
    ...(node && { node }),
  });
  return body.order;
};
const sealOf = (saleId: string, query = '') =>
  shop.request<SealAnswer & { code?: string }>('GET', `/sales/${saleId}/seal${query}`);
const leavesOf = async (saleId: string, query = '') => {
  const { body } = await shop.request<SealLeaves>('GET', `/sales/${saleId}/seal/leaves${query}`);
  return body.leaves.map((leaf): SealLeaf => JSON.parse(leaf));
};
const proofOf = async (orderId: string, customerId: string, query = '') =>
  shop.request<OrderProof & { code?: string }>(
    'GET',
    `/orders/${encodeURIComponent(orderId)}/proof${query}`,
    {
      token: await shop.token(customerId),
    },
  );
const sealed = (saleId: string, version: number): Promise<SealAnswer> =>
  eventually(async () => {
    const { body } = await sealOf(saleId);
    expect(body).toMatchObject({ version });
    return body;
  });

it('seals a sale that has sold out, and proves to each customer their own order and no other', async () => {
  const sale = await shop.startSale({ quantity: 3 });
  const [first, second] = [await buy('ann'), await buy('bob', shop.nodes[1])];
  expect((await sealOf(sale.id)).body.code).toBe('not_sealed');
  // Once its order is saved; until then there is none to prove.
  await eventually(async () => expect((await proofOf(first.id, 'ann')).body.code).toBe('not_sealed'));
  await buy('cem');

  const seal = await sealed(sale.id, 1);
  expect(seal).toMatchObject({
    ...{ saleId: sale.id, size: 3, quantity: 3, perCustomer: 1 },
    counts: { confirmed: 3, cancelled: 0, revoked: 0 },
    versions: [{ version: 1, root: seal.root, size: 3 }],
  });
  const leaves = await leavesOf(sale.id);
  expect(leaves.map(({ claim, unit, status }) => [claim, unit, status])).toEqual([
    [1, 1, 'confirmed'],
    [2, 2, 'confirmed'],
    [3, 3, 'confirmed'],
  ]);
  const address = `/sales/${sale.id}/seal/leaves`;
  const ofVersion = await shop.request('GET', `${address}?version=1`);
  expect(ofVersion.headers.get('cache-control'), 'a version never changes').toContain('immutable');
  const newest = await shop.request('GET', address);
  expect(newest.headers.get('cache-control'), 'another version may come').toBe('public, max-age=2');
  const etag = newest.headers.get('etag') ?? '';
  const again = await shop.request('GET', address, { headers: { 'if-none-match': etag } });
  expect([again.status, again.body]).toEqual([304, { text: '' }]);
  const absent = await shop.request('GET', `${address}?version=9`);
  expect([absent.status, absent.headers.get('cache-control')]).toEqual([404, 'no-store']);
  expect(leaves[1]?.claimedAt).toBe(second.claimedAt);
  expect(Date.parse(leaves[1]?.arrivedAt ?? '')).toBeLessThanOrEqual(Date.parse(second.claimedAt) + 1_000);
  expect(JSON.stringify(leaves)).not.toContain('bob');

  const { body: proof } = await proofOf(second.id, 'bob');
  expect(proof).toMatchObject({ orderId: second.id, version: 1, root: seal.root, size: 3, index: 1 });
  expect(await isIncluded(proof)).toBe(true);
  expect(await pseudonymOf('bob', proof.customerKey)).toBe(leaves[1]?.customer);

  expect((await proofOf(second.id, 'ann')).status).toBe(403);
  expect((await shop.request('GET', `/orders/${second.id}/proof`)).status).toBe(401);
  expect((await proofOf(`${sale.id}:dan:1`, 'dan')).body.code).toBe('not_found');
  const operators = await shop.operate<OrderProof>('GET', `/orders/${second.id}/proof`);
  expect(operators.body).toEqual(proof);
});

it('makes a further version for a cancelled order and for a restock, and keeps the ones before', async () => {
  const sale = await shop.startSale({ quantity: 2 });
  const [ann, bob] = [await buy('ann'), await buy('bob')];
  const first = await sealed(sale.id, 1);
  const { body: proof } = await proofOf(ann.id, 'ann');

  await shop.operate('DELETE', `/orders/${bob.id}`);
  await shop.operate('POST', `/sales/${sale.id}/restock`, { quantity: 1 });
  const [cem, dan] = [await buy('cem'), await buy('dan')];
  // Still the first one: what was bought since is not in it.
  expect((await proofOf(cem.id, 'cem', '?version=1')).body.code).toBe('not_sealed');
  const second = await sealed(sale.id, 2);
  expect(second).toMatchObject({
    ...{ quantity: 3, size: 4, counts: { confirmed: 3, cancelled: 1, revoked: 0 } },
    versions: [{ version: 2 }, { version: 1, root: first.root }],
  });
  expect(second.root).not.toBe(first.root);
  const leaves = await leavesOf(sale.id);
  expect(leaves.map(({ unit, status }) => [unit, status])).toEqual([
    [ann.unit, 'confirmed'],
    [bob.unit, 'cancelled'],
    [cem.unit, 'confirmed'],
    [dan.unit, 'confirmed'],
  ]);

  expect((await sealOf(sale.id, '?version=1')).body).toMatchObject({ root: first.root, size: 2 });
  expect((await leavesOf(sale.id, '?version=1')).map(({ status }) => status)).toEqual([
    'confirmed',
    'confirmed',
  ]);
  expect((await proofOf(ann.id, 'ann', '?version=1')).body).toEqual(proof);
  expect((await sealOf(sale.id, '?version=3')).body.code).toBe('not_sealed');
  expect((await sealOf(sale.id, '?version=x')).status).toBe(400);
});

it('seals a sale that was ended, and again when an order of it is cancelled after another has taken its place', async () => {
  const sale = await shop.startSale({ quantity: 10, perCustomer: 2 });
  const orders = [await buy('ann'), await buy('ann'), await buy('bob')];
  await shop.operate('POST', `/sales/${sale.id}/end`, {});
  const first = await sealed(sale.id, 1);
  expect(first).toMatchObject({ size: 3, quantity: 10, perCustomer: 2 });
  const [one, other, bobs] = await leavesOf(sale.id);
  expect(one?.customer).toBe(other?.customer);
  expect([one?.n, other?.n]).toEqual([1, 2]);
  expect(bobs?.customer).not.toBe(one?.customer);

  const next = await shop.startSale({ quantity: 1 });
  await shop.operate('DELETE', `/orders/${orders[1]?.id}`);
  const second = await sealed(sale.id, 2);
  expect(second.counts).toEqual({ confirmed: 2, cancelled: 1, revoked: 0 });
  await buy('ann');
  await sealed(next.id, 1);
  // Another sale, another pseudonym: no customer can be followed from one to the other.
  expect((await leavesOf(next.id))[0]?.customer).not.toBe(one?.customer);
});

it('seals a sale that was replaced before it was over', async () => {
  const sale = await shop.startSale({ quantity: 10 });
  await buy('ann');
  await shop.startSale({ quantity: 1 });
  expect(await sealed(sale.id, 1)).toMatchObject({ size: 1, quantity: 10 });
});

it('a third party’s verifier accepts a sale and its proofs, and nothing that was tampered with', async () => {
  const sale = await shop.startSale({ quantity: 11 });
  const orders = await Promise.all(Array.from({ length: 11 }, (_, index) => buy(`müller ${index}`)));
  const { root } = await sealed(sale.id, 1);
  const whole = await verifySale(shop.nodes[0]?.url ?? '', sale.id);
  expect(whole, whole.output).toMatchObject({ ok: true });

  const order = orders.find(({ unit }) => unit === 6) as Order;
  const customer = order.customerId;
  const { body: proof } = await proofOf(order.id, customer);
  const accepted = await verifyProof(proof, customer, root);
  expect(accepted, accepted.output).toMatchObject({ ok: true });

  const other = (text: string) => `${text.startsWith('0') ? '1' : '0'}${text.slice(1)}`;
  const [step = '', ...steps] = proof.path;
  const tampered: [object, string, string][] = [
    [{ ...proof, leaf: proof.leaf.replace('"unit":6', '"unit":7') }, customer, root],
    [{ ...proof, leaf: proof.leaf.replace('confirmed', 'cancelled') }, customer, root],
    [{ ...proof, path: [other(step), ...steps] }, customer, root],
    [{ ...proof, path: steps }, customer, root],
    [{ ...proof, index: proof.index + 1 }, customer, root],
    [{ ...proof, size: 2 * proof.size }, customer, root],
    [{ ...proof, index: 0, size: 1 }, customer, root],
    [{ ...proof, customerKey: other(proof.customerKey) }, customer, root],
    [proof, 'somebody else', root],
    [proof, customer, other(root)],
  ];
  const refused = await Promise.all(tampered.map(([given, who, under]) => verifyProof(given, who, under)));
  expect(refused.map(({ ok }) => ok)).toEqual(tampered.map(() => false));
});
