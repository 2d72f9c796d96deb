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

/**
 * The tree over these hashes: of leaves, or of whole subtrees of one size, of which only the last may be smaller. Built level by level, an odd last
 * hash moving up unchanged, which is the same tree.
 */
export class HashTree {
  readonly #levels: Buffer[][];

  constructor(hashes: readonly Buffer[]) {
    let level = [...hashes];
    this.#levels = [level];
    while (level.length > 1) {
      const above: Buffer[] = [];
      for (let index = 0; index < level.length; index += 2) {
        const [left, right] = level.slice(index, index + 2) as [Buffer, Buffer?];
        above.push(right === undefined ? left : nodeHash(left, right));
      }
      level = above;
      this.#levels.push(level);
    }
  }

  get root(): Buffer {
    return this.#levels.at(-1)?.[0] ?? createHash('sha256').digest();
  }

  /** The hashes that lead from the one at `index` to the root, from the leaf's neighbour upwards. */
  path(index: number): Buffer[] {
    const size = this.#levels[0]?.length ?? 0;
    if (index < 0 || index >= size) throw new RangeError(`no hash ${index} among ${size}`);
    const path = this.#levels.map((level, height) => level[(index >> height) ^ 1]);
    return path.slice(0, -1).filter((hash) => hash !== undefined);
  }
}

export function treeRoot(hashes: readonly Buffer[]): Buffer {
  return new HashTree(hashes).root;
}
