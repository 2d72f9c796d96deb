import { isUnitOf, type Variant } from '../sale/variant.ts';
import { LatencyHistogram } from '../shared/latency-histogram.ts';
import type { SealedClaim, SealFigures } from './seal.ts';

/** Takes the claims one by one, in their order, and keeps only these figures. */
export class FiguresInOrder {
  readonly #counts = { confirmed: 0, cancelled: 0, revoked: 0, expired: 0, released: 0 };
  readonly #withHolds: boolean;
  readonly #variants: readonly Pick<Variant, 'ranges'>[];
  readonly #confirmedOf: number[];
  readonly #waited = new LatencyHistogram();
  #firstClaimAt: number | null = null;
  #lastClaimAt: number | null = null;
  #compared = 0;
  #overtaken = 0;
  #overtakenMsMax = 0;
  #latestArrival = 0;

  /** `withHolds`: the sale requires payment. */
  constructor(variants: readonly Pick<Variant, 'ranges'>[] = [], withHolds = false) {
    this.#variants = variants;
    this.#withHolds = withHolds;
    this.#confirmedOf = variants.map(() => 0);
  }

  take({
    status,
    unit,
    claimedAt,
    arrivedAt,
  }: Pick<SealedClaim, 'status' | 'unit' | 'claimedAt' | 'arrivedAt'>): void {
    this.#counts[status] += 1;
    const place = status === 'confirmed' ? this.#variants.findIndex((each) => isUnitOf(unit, each)) : -1;
    if (place >= 0) this.#confirmedOf[place] = (this.#confirmedOf[place] ?? 0) + 1;
    this.#firstClaimAt = Math.min(this.#firstClaimAt ?? claimedAt, claimedAt);
    this.#lastClaimAt = Math.max(this.#lastClaimAt ?? claimedAt, claimedAt);
    // A claim that was restored by its receipt has no time of arrival.
    if (arrivedAt === 0) return;
    this.#compared += 1;
    if (arrivedAt < this.#latestArrival) {
      this.#overtaken += 1;
      this.#overtakenMsMax = Math.max(this.#overtakenMsMax, this.#latestArrival - arrivedAt);
    }
    this.#latestArrival = Math.max(this.#latestArrival, arrivedAt);
    // Two clocks that agree to a millisecond may put the decision before the arrival.
    this.#waited.record(Math.max(0, claimedAt - arrivedAt));
  }

  get figures(): SealFigures {
    const { expired, released, ...counts } = this.#counts;
    return {
      ...counts,
      ...(this.#withHolds && { expired, released }),
      ...(this.#variants.length > 0 && { confirmedOf: [...this.#confirmedOf] }),
      firstClaimAt: this.#firstClaimAt,
      lastClaimAt: this.#lastClaimAt,
      fairness: {
        compared: this.#compared,
        overtaken: this.#overtaken,
        overtakenMsMax: this.#overtakenMsMax,
        waitedMsP50: this.#waited.percentileMs(50),
        waitedMsP99: this.#waited.percentileMs(99),
        waitedMsMax: this.#waited.maxMs,
      },
    };
  }
}
