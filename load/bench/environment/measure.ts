import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Target } from './target.ts';

export interface Measured<T> {
  result: T;
  /** CPU time of all processes of the target. */
  cpuMs: number;
  wallMs: number;
}

/** What the target used for `work`. */
export async function measure<T>(target: Target, work: () => Promise<T>): Promise<Measured<T>> {
  const before = await cpuMs(target);
  const startedAtMs = performance.now();
  const result = await work();
  const wallMs = performance.now() - startedAtMs;
  return { result, cpuMs: (await cpuMs(target)) - before, wallMs };
}

/** Leaves a CPU profile of each process of the target in `dir`. */
export async function profiled<T>(
  target: Target,
  dir: string,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dir, { recursive: true });
  await Promise.all(target.nodes.map((node) => node.call('startProfile', undefined)));
  const result = await work();
  await Promise.all(
    target.nodes.map((node, i) => node.call('endProfile', join(dir, `${name}-${i + 1}.cpuprofile`))),
  );
  return result;
}

async function cpuMs(target: Target): Promise<number> {
  const each = await Promise.all(target.nodes.map((node) => node.call('cpuMs', undefined)));
  return each.reduce((sum, ms) => sum + ms, 0);
}
