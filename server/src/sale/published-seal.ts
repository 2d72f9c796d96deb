import type { OrderProof, SealAnswer, SealLeaves } from '@flipzon/protocol/seal-schemas.ts';
import { inclusionPath, leafHash, treeRoot } from './merkle.ts';
import { type Claim, orderId } from './order.ts';
import { isoInstant } from './sale.ts';
import { customerKey, leavesPerChunk, pseudonym, type Seal, type SealStore } from './seal.ts';

/** A new version is seen this soon; what has a version never changes. */
const newestKeptMs = 1_000;
const keptMax = 16;

export interface PublishedSeal {
  /** Without a version the newest one; null when there is none. */
  seal(saleId: string, version?: number): Promise<Seal | null>;
  answer(saleId: string, version?: number): Promise<SealAnswer | null>;
  leaves(saleId: string, after: number, version?: number): Promise<SealLeaves | null>;
  /** Null: the claim is not in that seal. */
  proof(claim: Claim, version?: number): Promise<OrderProof | null>;
}

/** Anybody may ask for these, so the seals that were asked for lately are kept in memory. */
export function createPublishedSeal(seals: SealStore): PublishedSeal {
  const kept = new Map<string, { seal: Seal | null; until: number }>();

  const seal = async (saleId: string, version?: number): Promise<Seal | null> => {
    const name = `${saleId}:${version ?? 'newest'}`;
    const known = kept.get(name);
    if (known !== undefined && performance.now() < known.until) return known.seal;
    const read = await (version === undefined ? seals.newest(saleId) : seals.byVersion(saleId, version));
    kept.delete(name);
    kept.set(name, { seal: read, until: performance.now() + newestKeptMs });
    const [oldest] = kept.keys();
    if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
    return read;
  };

  const chunkOf = async ({ saleId, chunks }: Seal, index: number): Promise<readonly string[]> => {
    const root = chunks[index]?.root;
    const chunk = root === undefined ? null : await seals.chunk(saleId, index, root);
    if (chunk === null) throw new Error(`chunk ${index} of the seal of ${saleId} is gone`);
    return chunk.leaves;
  };

  return {
    seal,
    async answer(saleId, version) {
      const asked = await seal(saleId, version);
      if (asked === null) return null;
      const { root, size, quantity, perCustomer, figures, windows, sealedAt } = asked;
      const { confirmed, cancelled, revoked } = figures;
      const versions = await seals.versions(saleId);
      return {
        ...{ saleId, version: asked.version, root, size, quantity, perCustomer },
        counts: { confirmed, cancelled, revoked },
        ...(windows && {
          windows: windows.map(({ from, startsAt, endsAt, paused }) => ({
            from: isoInstant(from),
            startsAt: isoInstant(startsAt),
            endsAt: endsAt === null ? null : isoInstant(endsAt),
            paused,
          })),
        }),
        sealedAt: isoInstant(sealedAt),
        versions: versions.map((each) => ({ ...each, sealedAt: isoInstant(each.sealedAt) })),
      };
    },
    async leaves(saleId, after, version) {
      const asked = await seal(saleId, version);
      if (asked === null) return null;
      const index = Math.floor(after / leavesPerChunk);
      const chunk = index < asked.chunks.length ? await chunkOf(asked, index) : [];
      const leaves = chunk.slice(after % leavesPerChunk);
      const next = after + leaves.length;
      return { saleId, version: asked.version, after, leaves, next: next < asked.size ? next : null };
    },
    async proof(claim, version) {
      const asked = await seal(claim.saleId, version);
      if (asked === null) return null;
      const chunkIndex = asked.chunks.findLastIndex(({ firstSeq }) => firstSeq <= claim.seq);
      if (chunkIndex < 0) return null;
      const saleKey = await seals.key(claim.saleId);
      const customer = pseudonym(saleKey, claim.customerId);
      const leaves = await chunkOf(asked, chunkIndex);
      const own = leaves.findIndex((leaf) => isLeafOf(leaf, claim, customer));
      const leaf = leaves[own];
      if (leaf === undefined) return null;
      const roots = asked.chunks.map(({ root }) => Buffer.from(root, 'hex'));
      const path = [...inclusionPath(leaves.map(leafHash), own), ...inclusionPath(roots, chunkIndex)];
      if (treeRoot(roots).toString('hex') !== asked.root)
        throw new Error(`seal of ${claim.saleId} is damaged`);
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

function isLeafOf(leaf: string, claim: Claim, customer: string): boolean {
  const content = JSON.parse(leaf);
  return content.seq === claim.seq && content.customer === customer && content.n === claim.n;
}
