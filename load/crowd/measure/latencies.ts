import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';

export const latencyNames = [
  'socketClaim',
  'socketAnswer',
  'httpClaim',
  'httpAnswer',
  'confirmation',
  'lateness',
] as const;
export type LatencyName = (typeof latencyNames)[number];

export interface Percentiles {
  count: number;
  p50Ms: number;
  p90Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** Histograms in microseconds, so that small differences are not lost in whole milliseconds. */
export class Latencies {
  readonly #histograms = new Map<LatencyName, Histogram>();

  record(name: LatencyName, ms: number): void {
    this.#of(name).recordValue(Math.max(1, Math.round(ms * 1000)));
  }

  /** For the way from a child process to the main one. */
  encode(): Record<string, string> {
    return Object.fromEntries(
      [...this.#histograms].map(([name, h]) => [name, encodeIntoCompressedBase64(h)]),
    );
  }

  add(encoded: Record<string, string>): void {
    for (const name of latencyNames) {
      const text = encoded[name];
      if (text !== undefined) this.#of(name).add(decodeFromCompressedBase64(text));
    }
  }

  percentiles(name: LatencyName): Percentiles {
    const histogram = this.#of(name);
    if (histogram.totalCount === 0) return { count: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, maxMs: 0 };
    const at = (percentile: number) => histogram.getValueAtPercentile(percentile) / 1000;
    return {
      count: histogram.totalCount,
      p50Ms: at(50),
      p90Ms: at(90),
      p99Ms: at(99),
      maxMs: histogram.maxValue / 1000,
    };
  }

  #of(name: LatencyName): Histogram {
    let histogram = this.#histograms.get(name);
    if (histogram === undefined) {
      histogram = build({
        lowestDiscernibleValue: 1,
        highestTrackableValue: 3_600_000_000,
        numberOfSignificantValueDigits: 3,
      });
      this.#histograms.set(name, histogram);
    }
    return histogram;
  }
}
