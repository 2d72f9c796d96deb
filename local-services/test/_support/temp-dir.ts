import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A separate folder for a test, removed when the test is over. */
export function tempDir(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'flipzon-cli-'));
  return {
    path,
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
