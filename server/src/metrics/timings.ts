import type { Registry } from 'prom-client';
import { register } from './register.ts';

/**
 * Durations in buckets. Noting one is two additions, so it may be done at every buy; prom-client's own histogram looks up labels
 * each time. Prometheus gets seconds.
 */
export class Timings {
  readonly #upToMs: readonly number[];
  /** One more than bounds: the last bucket is for longer ones. */
  readonly #counts: number[];
  #sumMs = 0;

  constructor(registry: Registry, what: { name: string; help: string; upToMs: readonly number[] }) {
    const { name, help, upToMs } = what;
    this.#upToMs = upToMs;
    this.#counts = new Array(upToMs.length + 1).fill(0);
    register(registry, { name, help, type: 'histogram' }, () => this.#lines(name));
  }

  note(ms: number): void {
    let bucket = 0;
    while (bucket < this.#upToMs.length && ms > (this.#upToMs[bucket] as number)) bucket++;
    (this.#counts[bucket] as number)++;
    this.#sumMs += ms;
  }

  get count(): number {
    return this.#counts.reduce((sum, each) => sum + each, 0);
  }

  get sumMs(): number {
    return this.#sumMs;
  }

  /** Counts by bucket since the start; the difference of two is what happened in between. */
  get buckets(): readonly { upToMs: number; count: number }[] {
    return this.#counts.map((count, index) => ({
      upToMs: this.#upToMs[index] ?? Number.POSITIVE_INFINITY,
      count,
    }));
  }

  #lines(name: string) {
    let sum = 0;
    const buckets = this.buckets.map(({ upToMs, count }) => {
      sum += count;
      const le = upToMs === Number.POSITIVE_INFINITY ? '+Inf' : upToMs / 1000;
      return { metricName: `${name}_bucket`, labels: { le }, value: sum };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels: {}, value: this.#sumMs / 1000 },
      { metricName: `${name}_count`, labels: {}, value: sum },
    ];
  }
}
