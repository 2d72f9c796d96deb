import type { Registry } from 'prom-client';
import { register } from './register.ts';

/** Counts by one label. Counting is an addition; Prometheus reads the sums when it asks. */
export class Tally<Key extends string = string> {
  readonly #counts = new Map<Key, number>();

  constructor(registry: Registry, what: { name: string; help: string; label: string }) {
    const { name, help, label } = what;
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
