/** Every bucket ends a quarter higher than the one before, from 0.1 ms to about 11 s: a percentile is at most that much too high. */
const lowestMs = 0.1;
const growth = 1.25;
const bucketCount = 53;
const logGrowth = Math.log(growth);

/** How often answers took how long, in a few hundred bytes; two of them add up bucket by bucket. */
export class LatencyHistogram {
  readonly counts: number[];
  maxMs: number;

  constructor({ counts = [], maxMs = 0 }: { counts?: readonly number[]; maxMs?: number } = {}) {
    this.counts = Array.from({ length: bucketCount }, (_, index) => counts[index] ?? 0);
    this.maxMs = maxMs;
  }

  record(ms: number): void {
    const index = ms <= lowestMs ? 0 : Math.ceil(Math.log(ms / lowestMs) / logGrowth - 1e-9);
    const bucket = Math.min(index, bucketCount - 1);
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    if (ms > this.maxMs) this.maxMs = ms;
  }

  add(other: { counts: readonly number[]; maxMs: number }): void {
    for (let index = 0; index < bucketCount; index++) {
      this.counts[index] = (this.counts[index] ?? 0) + (other.counts[index] ?? 0);
    }
    this.maxMs = Math.max(this.maxMs, other.maxMs);
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** The end of the bucket in which it falls, or the largest value seen if that is less; 0 when there is none. */
  percentileMs(percentile: number): number {
    const { total } = this;
    if (total === 0) return 0;
    const wanted = Math.max(1, Math.ceil((total * percentile) / 100));
    let seen = 0;
    for (const [index, count] of this.counts.entries()) {
      seen += count;
      if (seen >= wanted && index < bucketCount - 1) return Math.min(lowestMs * growth ** index, this.maxMs);
    }
    return this.maxMs;
  }
}
