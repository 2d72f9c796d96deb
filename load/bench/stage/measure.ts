import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Subject } from './subject.ts';

export interface Measured<T> {
  result: T;
  /** CPU time of all processes of the subject. */
  cpuMs: number;
  wallMs: number;
}

/** What the subject used for `work`. */
export async function measure<T>(subject: Subject, work: () => Promise<T>): Promise<Measured<T>> {
  const before = await cpuMs(subject);
  const startedAtMs = performance.now();
  const result = await work();
  const wallMs = performance.now() - startedAtMs;
  return { result, cpuMs: (await cpuMs(subject)) - before, wallMs };
}

/** Leaves a CPU profile of each process of the subject in `dir`. */
export async function profiled<T>(
  subject: Subject,
  dir: string,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dir, { recursive: true });
  await Promise.all(subject.nodes.map((node) => node.call('startProfile', undefined)));
  const result = await work();
  await Promise.all(
    subject.nodes.map((node, i) => node.call('endProfile', join(dir, `${name}-${i + 1}.cpuprofile`))),
  );
  return result;
}

async function cpuMs(subject: Subject): Promise<number> {
  const each = await Promise.all(subject.nodes.map((node) => node.call('cpuMs', undefined)));
  return each.reduce((sum, ms) => sum + ms, 0);
}
