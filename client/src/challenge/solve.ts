import { hashStart } from './sha256.ts';

/** A number that makes SHA-256 of `SEED:NUMBER` begin with so many zero bits. */
export function solve(seed: string, bits: number): string {
  for (let answer = 0; ; answer++) {
    if (Math.clz32(hashStart(`${seed}:${answer}`)) >= bits) return String(answer);
  }
}
