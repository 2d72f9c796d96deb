import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const memoryFolder = '/dev/shm';
/** A run of all tests writes less than a quarter of it. */
const bytesMin = 4 * 2 ** 30;

/**
 * Puts the temporary files of this run, which are those of all its services, into memory where there is enough of it. Redis and the
 * database sync each write, and on a disk the tests would wait for that most of the time. What a test kills is a process: its files
 * stay either way. `TMPDIR` names another place.
 */
export function keepFilesInMemory(): void {
  if (process.env.TMPDIR !== undefined || !hasRoom()) return;
  const folder = mkdtempSync(join(memoryFolder, 'flipzon-tests-'));
  // Test files and what they start inherit it.
  process.env.TMPDIR = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    return Math.min(bavail * bsize, freemem()) >= bytesMin;
  } catch {
    return false;
  }
}
