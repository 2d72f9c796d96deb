import { createHash } from 'node:crypto';

/*
 * The hash tree of RFC 6962, section 2.1: a leaf is hashed behind 0x00 and an inner node behind 0x01, so that neither can be passed off
 * as the other; a tree splits at the largest power of two below its size.
 */

const leafPrefix = Buffer.of(0);
const nodePrefix = Buffer.of(1);

export function leafHash(leaf: string): Buffer {
  return createHash('sha256').update(leafPrefix).update(leaf, 'utf8').digest();
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

/** The root over these hashes: of leaves, or of whole subtrees of one size, of which only the last may be smaller. */
export function treeRoot(hashes: readonly Buffer[]): Buffer {
  const [first] = hashes;
  if (first === undefined) return createHash('sha256').digest();
  if (hashes.length === 1) return first;
  const split = splitOf(hashes.length);
  return nodeHash(treeRoot(hashes.slice(0, split)), treeRoot(hashes.slice(split)));
}

/** The hashes that lead from the one at `index` to the root, from the leaf's neighbour upwards. */
export function inclusionPath(hashes: readonly Buffer[], index: number): Buffer[] {
  if (index < 0 || index >= hashes.length) throw new RangeError(`no hash ${index} among ${hashes.length}`);
  if (hashes.length === 1) return [];
  const split = splitOf(hashes.length);
  const left = hashes.slice(0, split);
  const right = hashes.slice(split);
  return index < split
    ? [...inclusionPath(left, index), treeRoot(right)]
    : [...inclusionPath(right, index - split), treeRoot(left)];
}

/** The largest power of two below `size`, which is 2 or more. */
function splitOf(size: number): number {
  return 2 ** (31 - Math.clz32(size - 1));
}
