import { type Claim, orderId, withArrival } from '../sale/order.ts';
import { RecentMap } from '../shared/recent-map.ts';

/** Longer than any outage in which Redis can lose claims that it has answered; older ones are in MongoDB, or with their customer. */
const keptMs = 60_000;
/** At least the newest half is kept. */
const claimsMax = 40_000;

/**
 * Claims that a node has seen lately, each kept once, however often it is seen. If Redis forgets one of them, the node can bring it back. Claims
 * that this node answered and claims that customers presented to it are kept apart, so that neither pushes the other out.
 */
export class RecentClaims {
  readonly #answered: LatelySeen;
  readonly #presented: LatelySeen;

  /** `now`: monotonic, ms. */
  constructor(now: () => number = () => performance.now()) {
    this.#answered = new LatelySeen(now);
    this.#presented = new LatelySeen(now);
  }

  answered(claim: Claim): void {
    this.#answered.add(claim);
  }

  /** Returns the claim with all that this node knows of it. */
  redeemed(claim: Claim): Claim {
    this.#presented.add(claim);
    return withArrival(this.#answered.get(orderId(claim)), claim);
  }

  /** Those that this node has answered come first: it knows when their buys arrived. */
  ofSale(saleId: string): Claim[] {
    const claims = new Map<string, Claim>();
    for (const claim of [...this.#answered.claims(), ...this.#presented.claims()]) {
      if (claim.saleId === saleId && !claims.has(orderId(claim))) claims.set(orderId(claim), claim);
    }
    return [...claims.values()];
  }
}

/** Kept for `keptMs` at least, and for twice that at most. */
class LatelySeen {
  readonly #claims = new RecentMap<string, Claim>(claimsMax);
  readonly #now: () => number;
  #agedAt: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#agedAt = now();
  }

  add(claim: Claim): void {
    if (this.#now() - this.#agedAt >= keptMs) {
      this.#claims.age();
      this.#agedAt = this.#now();
    }
    const id = orderId(claim);
    this.#claims.set(id, withArrival(this.#claims.get(id), claim));
  }

  get(id: string): Claim | undefined {
    return this.#claims.get(id);
  }

  claims(): Iterable<Claim> {
    return this.#claims.values();
  }
}
