import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashStart } from '../../src/challenge/sha256.ts';
import { solve } from '../../src/challenge/solve.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest();

describe('the proof of work', () => {
  it.each(['', 'abc', 'x'.repeat(55), 'seed:0', '0123456789'.repeat(5)])(
    'hashes %j like any SHA-256',
    (text) => {
      expect(hashStart(text)).toBe(sha256(text).readUInt32BE(0));
    },
  );

  it('finds a number that the shop accepts', () => {
    for (const bits of [1, 8, 14]) {
      const answer = solve('s'.repeat(43), bits);
      expect(Math.clz32(sha256(`${'s'.repeat(43)}:${answer}`).readUInt32BE(0))).toBeGreaterThanOrEqual(bits);
    }
  });
});
