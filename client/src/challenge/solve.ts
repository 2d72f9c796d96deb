import { hashStart } from './sha256.ts';

/** Finds a number so that SHA-256 of `SEED:NUMBER` begins with `bits` zero bits. */
export function solve(seed: string, bits: number): string {
  for (let answer = 0; ; answer++) {
    if (Math.clz32(hashStart(`${seed}:${answer}`)) >= bits) return String(answer);
  }
}
