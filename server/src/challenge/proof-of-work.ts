import { createHash } from 'node:crypto';
import type { ReceiptKeys } from '../sale/ports.ts';
import { isSealed, seal } from '../shared/sealed-text.ts';
import type { ChallengeProvider } from './provider.ts';

/** Long enough for a slow phone. */
const solveMsMax = 10 * 60_000;
const purpose = 'proof-of-work';

/**
 * Hashcash: find `answer` so that SHA-256 of `SEED:ANSWER` begins with so many zero bits, where SEED is what follows the last dot of the
 * challenge. Stateless: the signed challenge contains its customer and its expiry.
 */
export function createProofOfWork(bits: number, keys: ReceiptKeys): ChallengeProvider {
  return {
    issue: (customerId, now) => ({
      kind: 'proof_of_work',
      challenge: seal(purpose, customerId, now + solveMsMax, keys[0]),
      bits,
    }),
    async judge(customerId, { challenge, answer }, now) {
      const isOurs = isSealed(purpose, customerId, challenge, { keys, now });
      return isOurs && leadingZeros(challenge, answer) >= bits ? 'solved' : 'wrong';
    },
  };
}

function leadingZeros(challenge: string, answer: string): number {
  const seed = challenge.slice(challenge.lastIndexOf('.') + 1);
  const hash = createHash('sha256').update(`${seed}:${answer}`).digest();
  return Math.clz32(hash.readUInt32BE(0));
}
