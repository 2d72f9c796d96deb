import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { passedOn } from './passed-on.ts';
import type { RedisBinary } from './redis-binary.ts';

const CHECK_MS_MAX = 120_000;

/** How a redis-server ends that can't read its files. A last command that is only half there is none of these: it cuts that off itself. */
export function saysDamaged(error: unknown): boolean {
  return error instanceof Error && /the append only file|AOF loading aborted/.test(error.message);
}

/**
 * Copies the damaged files aside, then cuts them after the last command that can be read, as `redis-check-aof --fix` does. What was cut
 * off is known to MongoDB as far as it was confirmed; a recovery is due anyway. The folder of the copy.
 */
export async function cutDamage(dir: string, binary: RedisBinary): Promise<string> {
  const copy = `${filesIn(dir)}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  try {
    await cp(filesIn(dir), copy, { recursive: true });
  } catch (error) {
    // Half a copy is none, and takes room that may be what is missing.
    await rm(copy, { recursive: true, force: true });
    throw error;
  }
  // redis-server is this program as well, when it is called so.
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

/** For files that are of no use even then, and have been copied: Redis starts with nothing, and the recovery brings what MongoDB has. */
export async function discard(dir: string): Promise<void> {
  await rm(filesIn(dir), { recursive: true });
}

function filesIn(dir: string): string {
  return join(dir, 'appendonlydir');
}
