import type { Registry } from 'prom-client';
import { register } from './register.ts';

/** Counts by one label. Counting is an addition; Prometheus reads the sums when it asks. */
export class Tally<Key extends string = string> {
  readonly #counts: Map<Key, number>;

  /** `known`: shown as 0 from the start. */
  constructor(
    registry: Registry,
    what: { name: string; help: string; label: string; known: readonly Key[] },
  ) {
    const { name, help, label, known } = what;
    this.#counts = new Map(known.map((key) => [key, 0]));
    register(registry, { name, help, type: 'counter' }, () =>
      [...this.#counts].map(([key, value]) => ({ labels: { [label]: key }, value })),
    );
  }

  add(key: Key): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** What has been counted since the start. */
  get counts(): ReadonlyMap<Key, number> {
    return this.#counts;
  }
}
