import type { BuyerPlace, ReceiptKeys } from '../sale/ports.ts';
import type { ChallengeProvider, ChallengeTask } from './provider.ts';
import { isSealed, seal } from './sealed-text.ts';

export type ChallengePolicy = 'off' | 'suspicious' | 'all';

/** Solved well before the opening, it is good for the whole sale. */
const passMs = 12 * 3600_000;
const purpose = 'challenge-pass';

interface Settings {
  policy: ChallengePolicy;
  provider: ChallengeProvider;
  keys: ReceiptKeys;
  now: () => number;
}

export interface Challenge {
  /** Whether whoever is there has to have solved one. */
  isRequired(place: BuyerPlace): boolean;
  hasPassed(customerId: string, pass: string | undefined): boolean;
  issue(customerId: string): ChallengeTask;
  /** Null: that was no solution. `until`: ms since 1970. */
  pass(
    customerId: string,
    solution: { challenge: string; answer: string },
  ): Promise<{ pass: string; until: number } | null>;
}

/** Who has solved a challenge gets a pass, which every node knows for what it is; it is the customer's own and nobody else's. */
export function createChallenge({ policy, provider, keys, now }: Settings): Challenge {
  return {
    isRequired: (place) => policy === 'all' || (policy === 'suspicious' && place.crowded()),
    hasPassed: (customerId, pass) =>
      pass !== undefined && isSealed(purpose, customerId, pass, { keys, now: now() }),
    issue: (customerId) => provider.issue(customerId, now()),
    async pass(customerId, solution) {
      if (!(await provider.isSolved(customerId, solution, now()))) return null;
      const until = now() + passMs;
      return { pass: seal(purpose, customerId, until, keys), until };
    },
  };
}
