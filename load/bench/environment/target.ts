import { fileURLToPath } from 'node:url';
import type { Tasks } from './calls.ts';
import type { ProbeTasks } from './probe.ts';
import { Program } from './program.ts';

export interface Terms {
  quantity: number;
  perCustomer: number;
}

/** What is measured: one or more server processes of one kind, in front of the environment's Redis and MongoDB. */
export interface Target extends AsyncDisposable {
  name: string;
  runsOn: string;
  urls: readonly string[];
  nodes: readonly Program<ProbeTasks>[];
  /** A new sale that is open when this resolves. */
  openSale(terms: Terms): Promise<void>;
  /** Resolves once nothing that the buys so far have caused is still under way. */
  settled(): Promise<void>;
}

const probe = new URL('./probe.ts', import.meta.url).href;

export function startMeasured<T extends Tasks>(
  file: string | URL,
  environment: Readonly<Record<string, string>>,
): Promise<Program<T & ProbeTasks>> {
  const path = file instanceof URL ? fileURLToPath(file) : file;
  return Program.start<T & ProbeTasks>(path, environment, ['--expose-gc', '--import', probe]);
}
