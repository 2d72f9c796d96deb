import type { Environment } from '../environment/environment.ts';
import { type Measured, measure, profiled } from '../environment/measure.ts';
import type { Target } from '../environment/target.ts';
import type { Row } from '../report/row.ts';

export interface Bench {
  environment: Environment;
  runs: number;
  /** A tenth of the work: shows that the benchmark runs; its figures mean nothing. */
  quick: boolean;
  profileDir: string | null;
  /** Reports progress, for a person who waits. */
  progress: (line: string) => void;
  /** Plots that the paths have drawn, by file name. */
  plots: Map<string, string>;
  /** Baselines and their versions, gathered for the report. */
  met: Map<string, string>;
}

export interface Scenario {
  name: string;
  about: string;
  run: (bench: Bench) => Promise<Row[]>;
}

/** One measured piece of work. */
export function measureIn<T>(bench: Bench, target: Target, work: () => Promise<T>): Promise<Measured<T>> {
  bench.met.set(target.name, target.runsOn);
  return measure(target, work);
}

/**
 * Every lane once in each round, so that whatever disturbs the machine disturbs all of them. Round 0 warms up. With `--profile` there is
 * one round more, of which only the CPU profiles are kept.
 */
export async function interleaved<Lane extends { name: string; target: Target }>(
  bench: Bench,
  scenarioName: string,
  lanes: readonly Lane[],
  run: (lane: Lane, round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round <= bench.runs; round++) {
    for (const lane of lanes) {
      const startedAtMs = performance.now();
      await run(lane, round);
      const tookMs = Math.round(performance.now() - startedAtMs);
      bench.progress(`${scenarioName}, ${lane.name}: run ${round} of ${bench.runs} took ${tookMs} ms`);
    }
  }
  const { profileDir } = bench;
  if (profileDir === null) return;
  for (const lane of lanes) {
    const name = `${scenarioName}-${lane.name.replaceAll(/\W/g, '-')}`;
    await profiled(lane.target, profileDir, name, () => run(lane, bench.runs + 1));
  }
}
