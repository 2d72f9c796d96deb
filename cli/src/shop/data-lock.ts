import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FatalError } from '../fatal.ts';

type Holder = { pid: number; since: string; port: number };

/** Takes a data directory for this process alone; a second start on it learns which process has it. */
export function lockDataDir(dataDir: string, port: number): Disposable {
  const file = join(dataDir, 'lock.json');
  const mine = JSON.stringify({ pid: process.pid, since: new Date().toISOString(), port } satisfies Holder);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if (!tryCreate(file, mine)) {
      const holder = readHolder(file);
      if (holder !== undefined && isLauncher(holder.pid)) {
        throw new FatalError(
          `DATA_DIR ${dataDir} is in use by another start: pid ${holder.pid}, since ${holder.since}, port ${holder.port}. ` +
            'Stop that one with Ctrl-C, or give this one its own: DATA_DIR=.data2 PORT=3001 npm start',
        );
      }
      rmSync(file, { force: true });
      if (!tryCreate(file, mine))
        throw new FatalError(`DATA_DIR ${dataDir} was just taken by another start.`);
    }
  } catch (error) {
    if (error instanceof FatalError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new FatalError(
      `DATA_DIR ${dataDir} cannot be written (${reason}). Set DATA_DIR to a folder that can.`,
    );
  }
  return {
    [Symbol.dispose]() {
      if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

function tryCreate(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** Whether that process lives and is a node program: a pid is used again by others after a reboot. */
function isLauncher(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('node');
  } catch {
    return false;
  }
}
