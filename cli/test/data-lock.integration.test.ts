import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '@flipzon/local-services/test-support/temp-dir.ts';
import { expect, test } from 'vitest';
import { lockDataDir } from '../src/shop/data-lock.ts';

test('a second start on the same directory learns which process has it', () => {
  using dir = tempDir();
  using _first = lockDataDir(dir.path, 3000);
  expect(() => lockDataDir(dir.path, 3001)).toThrow(
    new RegExp(`in use by another start: pid ${process.pid}.*port 3000`),
  );
});

test('it is free again once the first start has ended', () => {
  using dir = tempDir();
  lockDataDir(dir.path, 3000)[Symbol.dispose]();
  expect(existsSync(join(dir.path, 'lock.json'))).toBe(false);
  lockDataDir(dir.path, 3000)[Symbol.dispose]();
});

test('a lock whose holder is dead is taken over', async () => {
  using dir = tempDir();
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  writeFileSync(join(dir.path, 'lock.json'), JSON.stringify({ pid: child.pid, since: 'before', port: 1 }));
  using _lock = lockDataDir(dir.path, 3000);
});

test('a directory that cannot be created gives one line that says what to do', () => {
  using dir = tempDir();
  const file = join(dir.path, 'a-file');
  writeFileSync(file, '');
  expect(() => lockDataDir(join(file, 'data'), 3000)).toThrow(/cannot be written \(ENOTDIR\)\. Set DATA_DIR/);
});
