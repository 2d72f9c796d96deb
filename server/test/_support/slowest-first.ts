import { statSync } from 'node:fs';

/** Files that take a minute or more by themselves: begun last, one of them would be all that runs at the end. */
const slow = ['kill-storm', 'rolling-restart', 'crash-points', 'rehearsal', 'stress', 'python-client'];

interface Spec {
  moduleId: string;
  project: { name: string };
}

interface Vitest {
  config: { shard?: { index: number; count: number } };
}

/** Orders test files: the slow ones, then longer files before shorter ones. The root has no vitest to extend its sequencer from. */
export class SlowestFirst {
  readonly #vitest: Vitest;

  constructor(vitest: Vitest) {
    this.#vitest = vitest;
  }

  sort<S extends Spec>(specs: S[]): S[] {
    const weights = new Map(specs.map((spec) => [spec, weightOf(spec.moduleId)]));
    return specs.toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
  }

  shard<S extends Spec>(specs: S[]): S[] {
    const { index, count } = this.#vitest.config.shard ?? { index: 1, count: 1 };
    return this.sort(specs).filter((_, position) => position % count === index - 1);
  }
}

function weightOf(file: string): number {
  const isSlow = slow.some((name) => file.endsWith(`/${name}.integration.test.ts`));
  return statSync(file).size + (isSlow ? 1_000_000 : 0);
}
