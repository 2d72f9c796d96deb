import type { OrderProof, SealAnswer, SealLeaves } from '@flipzon/protocol/seal-schemas.ts';
import { type Claim, orderId } from '../sale/order.ts';
import { isoInstant } from '../sale/sale.ts';
import { createKeptReads } from '../shared/kept-reads.ts';
import { HashTree, leafHash } from './merkle.ts';
import { customerKey, leavesPerChunk, pseudonym, type Seal, type SealStore } from './seal.ts';
import { publishedPayment, publishedVariants, publishedWindows, sealStatement } from './statement.ts';

/** A new version is seen within this; a version never changes. */
const newestKeptMs = 1_000;
const sealsMax = 64;
/** A quarter of a megabyte each. */
const pagesMax = 24;
/** Concurrent reads of each kind. */
const readsAtOnceMax = 8;

export interface PublishedSeal {
  /** Without a version the newest one; null when there is none. */
  seal(saleId: string, version?: number): Promise<Seal | null>;
  answer(saleId: string, version?: number): Promise<SealAnswer | null>;
  leaves(saleId: string, after: number, version?: number): Promise<SealLeaves | null>;
  /** Null: the claim is not in that seal. */
  proof(claim: Claim, version?: number): Promise<OrderProof | null>;
}

/** Anyone may request these, so recent answers are kept in memory, as the same objects for all requests. */
export function createPublishedSeal(seals: SealStore): PublishedSeal {
  const shortly = { keptMs: newestKeptMs, keptMax: sealsMax, atOnceMax: readsAtOnceMax };
  const keptSeals = createKeptReads<Seal | null>(shortly);
  const keptAnswers = createKeptReads<SealAnswer | null>(shortly);
  const keptPages = createKeptReads<SealLeaves>({
    keptMs: Number.POSITIVE_INFINITY,
    keptMax: pagesMax,
    atOnceMax: readsAtOnceMax,
  });
  const nameOf = (saleId: string, version: number | undefined) => `${saleId}:${version ?? 'newest'}`;

  const seal = (saleId: string, version?: number): Promise<Seal | null> =>
    keptSeals(nameOf(saleId, version), () =>
      version === undefined ? seals.newest(saleId) : seals.byVersion(saleId, version),
    );

  const answerOf = async (saleId: string, version?: number): Promise<SealAnswer | null> => {
    const asked = await seal(saleId, version);
    if (asked === null) return null;
    const { root, size, quantity, variants, perCustomer, figures, windows, digest, sealedAt } = asked;
    const { confirmed, cancelled, revoked, expired, released } = figures;
    const versions = await seals.versions(saleId);
    return {
      ...{ saleId, version: asked.version, root, size, quantity, perCustomer },
      ...publishedPayment(asked.payment),
      counts: {
        ...{ confirmed, cancelled, revoked },
        ...(expired !== undefined && { expired, released }),
      },
      ...(variants && { variants: publishedVariants(variants) }),
      ...(windows && { windows: publishedWindows(windows) }),
      ...(digest !== undefined && { digest, statement: sealStatement(asked) }),
      sealedAt: isoInstant(sealedAt),
      versions: versions.map((each) => ({ ...each, sealedAt: isoInstant(each.sealedAt) })),
    };
  };

  /** A whole chunk of leaves, with the fields around it. */
  const pageOf = ({ saleId, version, size, chunks }: Seal, index: number): Promise<SealLeaves> =>
    keptPages(`${saleId}:${version}:${index}`, async () => {
      const root = chunks[index]?.root;
      const chunk = root === undefined ? null : await seals.chunk(saleId, index, root);
      if (chunk === null) throw new Error(`chunk ${index} of the seal of ${saleId} is gone`);
      const after = index * leavesPerChunk;
      const next = after + chunk.leaves.length;
      return { saleId, version, after, leaves: [...chunk.leaves], next: next < size ? next : null };
    });

  return {
    seal,
    answer: (saleId, version) => keptAnswers(nameOf(saleId, version), () => answerOf(saleId, version)),
    async leaves(saleId, after, version) {
      const asked = await seal(saleId, version);
      if (asked === null) return null;
      const index = Math.floor(after / leavesPerChunk);
      if (index >= asked.chunks.length)
        return { saleId, version: asked.version, after, leaves: [], next: null };
      const page = await pageOf(asked, index);
      return after === page.after ? page : { ...page, after, leaves: page.leaves.slice(after - page.after) };
    },
    async proof(claim, version) {
      const asked = await seal(claim.saleId, version);
      if (asked === null) return null;
      const chunkIndex = asked.chunks.findLastIndex(({ firstSeq }) => firstSeq <= claim.seq);
      if (chunkIndex < 0) return null;
      const saleKey = await seals.key(claim.saleId);
      const customer = pseudonym(saleKey, claim.customerId);
      const page = await pageOf(asked, chunkIndex);
      const { leaves } = page;
      const own = leaves.findIndex((leaf) => isLeafOf(leaf, claim, customer));
      const leaf = leaves[own];
      if (leaf === undefined) return null;
      const chunks = new HashTree(asked.chunks.map(({ root }) => Buffer.from(root, 'hex')));
      const path = [...treeOf(page).path(own), ...chunks.path(chunkIndex)];
      if (chunks.root.toString('hex') !== asked.root) throw new Error(`seal of ${claim.saleId} is damaged`);
      return {
        orderId: orderId(claim),
        ...{ saleId: claim.saleId, version: asked.version, root: asked.root, size: asked.size },
        index: chunkIndex * leavesPerChunk + own,
        leaf,
        path: path.map((hash) => hash.toString('hex')),
        customerKey: customerKey(saleKey, claim.customerId),
      };
    },
  };
}

const trees = new WeakMap<SealLeaves, HashTree>();

/** Built once for as long as the page is kept: a thousand hashes. */
function treeOf(page: SealLeaves): HashTree {
  const tree = trees.get(page) ?? new HashTree(page.leaves.map(leafHash));
  trees.set(page, tree);
  return tree;
}

function isLeafOf(leaf: string, claim: Claim, customer: string): boolean {
  // Parsing a thousand of them takes longer than everything else.
  if (!leaf.includes(customer)) return false;
  const content = JSON.parse(leaf);
  return content.seq === claim.seq && content.customer === customer && content.n === claim.slot;
}
