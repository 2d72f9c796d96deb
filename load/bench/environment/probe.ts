import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { answerCalls } from './calls.ts';

/*
 * Loaded into every measured process with `--import`, before its own program: says what the process has used. The
 * program itself runs unchanged.
 */

const samplingIntervalUs = 250;
let session: Session | null = null;

const tasks = {
  /** CPU time of all threads so far, user and system. */
  cpuMs: (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  /** What the process holds after a garbage collection. */
  memory: async (): Promise<{ rssBytes: number; usedBytes: number }> => {
    const collect = (globalThis as { gc?: () => void }).gc;
    for (let i = 0; i < 3; i++) {
      collect?.();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { rss, heapUsed, external } = process.memoryUsage();
    return { rssBytes: rss, usedBytes: heapUsed + external };
  },
  startProfile: async (): Promise<void> => {
    session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: samplingIntervalUs });
    await session.post('Profiler.start');
  },
  endProfile: async (file: string): Promise<void> => {
    if (session === null) return;
    const { profile } = await session.post('Profiler.stop');
    session.disconnect();
    session = null;
    await writeFile(file, JSON.stringify(profile));
  },
};

export type ProbeTasks = typeof tasks;
answerCalls(tasks);
