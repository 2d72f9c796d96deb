import type { Claim } from './order.ts';

/** Longer than any outage in which Redis can lose claims that it has answered; older ones are in MongoDB, or with their customer. */
const keptMs = 60_000;
const claimsMax = 20_000;

/** The claims that this node has answered lately, oldest first. What Redis forgets of them, the node can bring back. */
export class RecentClaims {
  readonly #claims: Claim[] = [];
  #first = 0;

  add(claim: Claim): void {
    this.#claims.push(claim);
    const oldest = claim.claimedAt - keptMs;
    while (
      this.#claims.length - this.#first > claimsMax ||
      (this.#claims[this.#first]?.claimedAt ?? oldest) < oldest
    ) {
      this.#first++;
    }
    // Cut off in large pieces, so that adding stays cheap.
    if (this.#first > claimsMax) {
      this.#claims.splice(0, this.#first);
      this.#first = 0;
    }
  }

  ofSale(saleId: string): Claim[] {
    return this.#claims.slice(this.#first).filter((claim) => claim.saleId === saleId);
  }
}
