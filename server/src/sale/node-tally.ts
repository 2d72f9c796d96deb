import { type BuyOutcome, buyMsBounds } from '@flipzon/protocol/operator.ts';

/** Buys that this node has answered since it started: by outcome, and by how long the answer took. */
export class NodeTally {
  readonly #outcomes = new Map<BuyOutcome, number>();
  readonly #buckets = new Array<number>(buyMsBounds.length + 1).fill(0);

  count(outcome: BuyOutcome, tookMs: number): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
    const bucket = buyMsBounds.findIndex((bound) => tookMs <= bound);
    const index = bucket === -1 ? buyMsBounds.length : bucket;
    this.#buckets[index] = (this.#buckets[index] as number) + 1;
  }

  get outcomes(): Partial<Record<BuyOutcome, number>> {
    return Object.fromEntries(this.#outcomes);
  }

  /** One number a bucket of `buyMsBounds`, and one for what was slower than all of them. */
  get buckets(): number[] {
    return [...this.#buckets];
  }
}
