import { createSecretKey } from 'node:crypto';
import { isIncluded, pseudonymOf } from '@flipzon/protocol/inclusion.ts';
import { expect, it } from 'vitest';
import { buildSeal } from '../../src/seal/build-seal.ts';
import { leafHash, treeRoot } from '../../src/seal/merkle.ts';
import { createPublishedSeal } from '../../src/seal/published-seal.ts';
import {
  leavesPerChunk,
  type Seal,
  type SealChunk,
  type SealedClaim,
  type SealStore,
} from '../../src/seal/seal.ts';
import { FiguresInOrder } from '../../src/seal/seal-figures.ts';
import { usd } from '../_support/usd.ts';

const saleKey = createSecretKey(Buffer.alloc(32, 7));

const claimsOf = (count: number): SealedClaim[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ saleId: 'a-sale', customerId: `customer-${index}`, slot: 1, unit: index + 1, seq: 2 * index + 1 },
    ...{ requestId: 'r', claimedAt: 1_000 + index, arrivedAt: 990 + index, status: 'confirmed' },
    price: usd(1),
  }));

/** Seals these claims into memory. */
async function seal(claims: readonly SealedClaim[]) {
  const chunks = new Map<number, SealChunk>();
  const reads: number[] = [];
  const store = {
    key: async () => saleKey,
    async *claimsInOrder() {
      yield* claims;
    },
    chunk: async (_saleId: string, index: number) => {
      reads.push(index);
      return chunks.get(index) ?? null;
    },
  };
  const sale = {
    ...{
      id: 'a-sale',
      product: { name: 'iPhone', price: usd(1) },
      perCustomer: 1,
      simulated: false,
      createdAt: 0,
    },
    terms: { revision: 1, quantity: 9_999, startsAt: 0, endsAt: null, paused: false, reason: null },
  };
  const content = await buildSeal(sale, store, async (chunk) => void chunks.set(chunk.index, chunk));
  const made: Seal = { ...content, version: 1, state: '', sealedAt: 0 };
  const published = createPublishedSeal({
    ...store,
    newest: async () => made,
  } as Partial<SealStore> as SealStore);
  return { made, published, reads };
}

it.each([0, 1, leavesPerChunk - 1, leavesPerChunk, leavesPerChunk + 1, 2 * leavesPerChunk + 500])(
  'builds of %i claims in chunks what RFC 6962 builds of all at once, and proves each of them',
  async (count) => {
    const claims = claimsOf(count);
    const { made, published } = await seal(claims);
    const leaves: string[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page = await published.leaves('a-sale', after);
      leaves.push(...(page?.leaves ?? []));
      after = page?.next ?? null;
    }
    expect(leaves).toHaveLength(count);
    expect(made.root).toBe(treeRoot(leaves.map(leafHash)).toString('hex'));
    for (const index of [0, 1, 777, leavesPerChunk - 1, leavesPerChunk, count - 1]) {
      const claim = claims[index];
      if (claim === undefined) continue;
      const proof = await published.proof(claim);
      expect(proof).toMatchObject({ index, size: count, leaf: leaves[index], root: made.root });
      expect(await isIncluded(proof as NonNullable<typeof proof>)).toBe(true);
      const { customer } = JSON.parse(proof?.leaf ?? '');
      expect(await pseudonymOf(claim.customerId, proof?.customerKey ?? '')).toBe(customer);
      expect(await pseudonymOf('somebody else', proof?.customerKey ?? '')).not.toBe(customer);
    }
  },
);

it('reads a chunk once, however many ask for its leaves, from wherever in it, and for proofs', async () => {
  const claims = claimsOf(leavesPerChunk + 10);
  const { published, reads } = await seal(claims);
  const pages = await Promise.all(Array.from({ length: 200 }, () => published.leaves('a-sale', 0)));
  for (const page of pages) expect(page).toBe(pages[0]);
  for (let after = 1; after < 200; after++) await published.leaves('a-sale', after);
  for (const claim of claims.slice(0, 20)) await published.proof(claim);
  expect(reads).toEqual([0]);
});

it('gives leaves from the middle of a chunk on', async () => {
  const { published } = await seal(claimsOf(leavesPerChunk + 10));
  const page = await published.leaves('a-sale', leavesPerChunk + 7);
  expect(page?.leaves.map((leaf) => JSON.parse(leaf).claim)).toEqual([1032, 1033, 1034]);
  expect(page?.next).toBeNull();
  expect(await published.leaves('a-sale', 5_000)).toMatchObject({ leaves: [], next: null });
});

it('proves no claim that was not sealed', async () => {
  const { published } = await seal(claimsOf(10));
  const [claim] = claimsOf(1) as [SealedClaim];
  expect(await published.proof({ ...claim, seq: 0 })).toBeNull();
  expect(await published.proof({ ...claim, seq: 2 })).toBeNull();
  expect(await published.proof({ ...claim, customerId: 'customer-1' })).toBeNull();
});

it('holds the order of arrival against the order of claims', () => {
  const figures = new FiguresInOrder();
  // In the order of claims; 30 and 20 were overtaken by the 50 that was decided before them, 0 is not known.
  const arrivals = [10, 50, 30, 0, 60, 20, 70];
  for (const [index, arrivedAt] of arrivals.entries()) {
    figures.take({ status: index === 0 ? 'cancelled' : 'confirmed', unit: 1, arrivedAt, claimedAt: 100 });
  }
  expect(figures.figures).toMatchObject({
    ...{ confirmed: 6, cancelled: 1, revoked: 0, firstClaimAt: 100, lastClaimAt: 100 },
    fairness: { compared: 6, overtaken: 2, overtakenMsMax: 40, waitedMsMax: 90 },
  });
});
