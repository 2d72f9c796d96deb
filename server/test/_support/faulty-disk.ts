import { rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOnPath } from '@flipzon/local-services/find-on-path.ts';
import { ensureRedisBinary, type RedisBinary } from '@flipzon/local-services/redis-binary.ts';
import { runCommand } from '@flipzon/local-services/run-command.ts';

const source = fileURLToPath(new URL('./faulty-disk.c', import.meta.url));
const compileMsMax = 60_000;

/** Why there can be no such disk here; null when there can. */
export const whyNoFaultyDisk: string | null =
  process.platform === 'linux' && findOnPath('cc') !== undefined
    ? null
    : 'a slow or full disk is made by a C compiler (cc) on Linux, and there is none here';

/** A redis-server that sees its append-only files on a disk that can be slow or full. */
export interface FaultyDisk {
  binary: RedisBinary;
  /** Every sync takes so long from now on. */
  slow(syncMs: number): void;
  fill(): void;
  clear(): void;
  /** How often a slow sync was begun and ended, or a write was refused. */
  struck(what: 'begun' | 'synced' | 'refused'): number;
}

export async function createFaultyDisk(dir: string): Promise<FaultyDisk> {
  const control = join(dir, 'faulty-disk');
  await mkdir(control, { recursive: true });
  const library = join(control, 'faulty-disk.so');
  const args = ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'];
  const { ok, output } = await runCommand('cc', args, { timeoutMs: compileMsMax });
  if (!ok) throw new Error(`cc: ${output}`);
  const redis = await ensureRedisBinary();
  const at = (name: string) => join(control, name);
  return {
    binary: { ...redis, env: { ...redis.env, LD_PRELOAD: library, FAULTY_DISK: control } },
    slow: (syncMs) => writeFileSync(at('sync-ms'), String(syncMs)),
    fill: () => writeFileSync(at('full'), ''),
    clear: () => rmSync(at('full'), { force: true }),
    struck: (what) => statSync(at(what), { throwIfNoEntry: false })?.size ?? 0,
  };
}
