import { isIncluded } from '@flipzon/protocol/inclusion.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashTree, leafHash, treeRoot } from '../../src/seal/merkle.ts';

/** The leaves and roots that implementations of Certificate Transparency (RFC 6962) are tested with. */
const known = ['', '\x00', '\x10', ' !', '01', '@ABC', 'PQRSTUVW', '`abcdefghijklmno'];
const knownRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'));
const proofOf = (leaves: readonly string[], index: number) => {
  const hashes = leaves.map(leafHash);
  return {
    ...{ leaf: leaves[index] as string, index, size: leaves.length },
    path: hex(new HashTree(hashes).path(index)),
    root: treeRoot(hashes).toString('hex'),
  };
};

describe('the hash tree', () => {
  it.each(knownRoots.map((root, size) => [size, root]))('over %i known leaves is %s', (size, root) => {
    expect(treeRoot(known.slice(0, size as number).map(leafHash)).toString('hex')).toBe(root);
  });

  it('proves a known leaf as the reference does', () => {
    expect(proofOf(known, 5).path).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  it('proves every leaf of every tree up to 34 leaves, and by that proof no other one', async () => {
    const leaves = Array.from({ length: 34 }, (_, index) => `leaf ${index}`);
    for (let size = 1; size <= leaves.length; size++) {
      for (let index = 0; index < size; index++) {
        const proof = proofOf(leaves.slice(0, size), index);
        expect(await isIncluded(proof), `${index} of ${size}`).toBe(true);
        expect(await isIncluded({ ...proof, index: (index + 1) % size }), `${index} moved`).toBe(size === 1);
      }
    }
  });

  it('accepts nothing that was changed', async () => {
    const trees = fc.record({
      leaves: fc.array(fc.string(), { minLength: 2, maxLength: 40 }),
      at: fc.nat(),
      step: fc.nat(),
      kind: fc.constantFrom('leaf', 'path', 'shorter', 'longer', 'size', 'root'),
    });
    await fc.assert(
      fc.asyncProperty(trees, async ({ leaves, at, step, kind }) => {
        const proof = proofOf(leaves, at % leaves.length);
        const other = (text: string) => `${text[0] === '0' ? '1' : '0'}${text.slice(1)}`;
        const { path } = proof;
        const changed = {
          leaf: { leaf: `${proof.leaf}x` },
          path: { path: path.map((hash, index) => (index === step % path.length ? other(hash) : hash)) },
          shorter: { path: path.slice(0, -1) },
          longer: { path: [...path, proof.root] },
          size: { size: proof.size * 2 + 1 },
          root: { root: other(proof.root) },
        }[kind];
        expect(await isIncluded(proof)).toBe(true);
        expect(await isIncluded({ ...proof, ...changed })).toBe(false);
      }),
    );
  });

  it('takes no leaf of a large tree for the only one of a small tree', async () => {
    const proof = proofOf(known, 7);
    expect(await isIncluded(proof)).toBe(true);
    expect(await isIncluded({ ...proof, index: 0, size: 1 })).toBe(false);
  });

  it.each([-1, 1, 0.5, Number.NaN])('has no leaf %s in a tree of one', async (index) => {
    const proof = proofOf(['only'], 0);
    expect(await isIncluded({ ...proof, index })).toBe(false);
    expect(await isIncluded({ ...proof, path: ['short'], size: 2 })).toBe(false);
  });
});
