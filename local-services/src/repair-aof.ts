import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { passedOn } from './passed-on.ts';
import type { RedisBinary } from './redis-binary.ts';

const CHECK_MS_MAX = 120_000;

/** Whether a redis-server ended because it can't read its files. It cuts off an incomplete last command itself, so that is not such a case. */
export function saysDamaged(error: unknown): boolean {
  return error instanceof Error && /the append only file|AOF loading aborted/.test(error.message);
}

/**
 * Copies the damaged files aside, then cuts them after the last command that can be read, as `redis-check-aof --fix` does. The part that was cut
 * off is in MongoDB as far as it was confirmed; a recovery is due anyway. Returns the folder of the copy.
 */
export async function cutDamage(dir: string, binary: RedisBinary): Promise<string> {
  const copy = `${filesIn(dir)}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  try {
    await cp(filesIn(dir), copy, { recursive: true });
  } catch (error) {
    // Half a copy is useless, and takes disk space that may be needed.
    await rm(copy, { recursive: true, force: true });
    throw error;
  }
  // redis-server runs as redis-check-aof if it is called by that name.
  const check = spawn(binary.path, ['--fix', join(filesIn(dir), 'appendonly.aof.manifest')], {
    argv0: 'redis-check-aof',
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...passedOn('program'), ...binary.env },
    timeout: CHECK_MS_MAX,
  });
  check.stdin.on('error', () => undefined);
  check.stdin.end('y\n');
  await once(check, 'exit');
  return copy;
}

/** Deletes files that are unusable even then, after they were copied: Redis starts empty, and the recovery rebuilds it from MongoDB. */
export async function discard(dir: string): Promise<void> {
  await rm(filesIn(dir), { recursive: true });
}

function filesIn(dir: string): string {
  return join(dir, 'appendonlydir');
}
