/** The challenge that a client has to solve. */
export interface ChallengeTask {
  kind: 'proof_of_work' | 'captcha';
  /** To be sent back with the answer; empty where the provider needs none. */
  challenge: string;
  /** Of a proof of work: leading zero bits. */
  bits?: number;
  /** Of a captcha: the site key of its widget. */
  siteKey?: string;
}

export interface Solution {
  challenge: string;
  answer: string;
}

/** `unknown`: the provider does not answer; waiting helps. */
export type Verdict = 'solved' | 'wrong' | 'unknown';

/** A proof of work, or a provider's captcha. */
export interface ChallengeProvider {
  issue(customerId: string, now: number): ChallengeTask;
  judge(customerId: string, solution: Solution, now: number): Promise<Verdict>;
}
