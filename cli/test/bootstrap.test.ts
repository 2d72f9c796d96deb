import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../src/root.ts';
import { runNode } from './_support/run-cli.ts';
import { tempDir } from './_support/temp-dir.ts';

const awkward = ['a b', '$HOME', "it's", '"quoted"', '--flag=1', '', 'semi;colon', '*'];

test('arguments reach the program as they were given, and its exit code comes back', async () => {
  using dir = tempDir();
  const file = join(dir.path, 'echo.ts');
  writeFileSync(file, 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;');
  const { code, stdout } = await runNode('cli/bootstrap.mjs', ['run', file, ...awkward]);
  expect(JSON.parse(stdout)).toEqual(awkward);
  expect(code).toBe(7);
});

test('a signal to the bootstrap reaches the program, whose exit code counts', async () => {
  using dir = tempDir();
  const file = join(dir.path, 'wait.ts');
  writeFileSync(
    file,
    `process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('waiting');`,
  );
  const child = spawn(process.execPath, [join(root, 'cli', 'bootstrap.mjs'), 'run', file]);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(5);
});

test('under pnpm the postinstall does nothing', async () => {
  const env = { npm_config_user_agent: 'pnpm/12.0.0 npm/? node/v24.0.0' };
  const { code, stdout, stderr } = await runNode('cli/bootstrap.mjs', ['postinstall'], env);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
});
