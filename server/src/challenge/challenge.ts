import type { BuyerNetwork, ReceiptKeys } from '../sale/ports.ts';
import { isSealed, seal } from '../shared/sealed-text.ts';
import type { ChallengeProvider, ChallengeTask, Solution } from './provider.ts';

export type ChallengePolicy = 'off' | 'suspicious' | 'all';

/** A challenge that is solved well before the opening is valid for the whole sale. */
const passMs = 12 * 3600_000;
const purpose = 'challenge-pass';

interface Settings {
  policy: ChallengePolicy;
  provider: ChallengeProvider;
  keys: ReceiptKeys;
  now: () => number;
}

interface Passed {
  code: 'passed';
  pass: string;
  until: number;
}

export interface Challenge {
  /** Whether a customer on that network must have solved one. */
  isRequired(network: BuyerNetwork): boolean;
  hasPassed(customerId: string, pass: string | undefined): boolean;
  issue(customerId: string): ChallengeTask;
  /** `until`: ms since 1970. */
  pass(customerId: string, solution: Solution): Promise<Passed | { code: 'wrong' | 'unknown' }>;
}

/** A customer who has solved a challenge gets a pass. Every node can verify it; it is valid for this customer only. */
export function createChallenge({ policy, provider, keys, now }: Settings): Challenge {
  return {
    isRequired: (network) => policy === 'all' || (policy === 'suspicious' && network.crowded()),
    hasPassed: (customerId, pass) =>
      pass !== undefined && isSealed(purpose, customerId, pass, { keys, now: now() }),
    issue: (customerId) => provider.issue(customerId, now()),
    async pass(customerId, solution) {
      const verdict = await provider.judge(customerId, solution, now());
      if (verdict !== 'solved') return { code: verdict };
      const until = now() + passMs;
      return { code: 'passed', pass: seal(purpose, customerId, until, keys[0]), until };
    },
  };
}
