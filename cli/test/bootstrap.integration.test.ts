import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '@flipzon/local-services/test-support/temp-dir.ts';
import { expect, test } from 'vitest';
import { root } from '../src/root.ts';
import { runNode } from './_support/run-cli.ts';

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

test('Node and pnpm are fetched by npm ci without scripts and without our secrets, and what keeps it from that is one line', async () => {
  using dir = tempDir();
  for (const file of ['cli/bootstrap.mjs', 'cli/toolchain', 'local-services/src/passed-on.json'])
    cpSync(join(root, file), join(dir.path, 'root', file), { recursive: true });
  const bin = join(dir.path, 'bin');
  mkdirSync(bin);
  // Stands for npm on a machine that has nothing else, and cannot reach a registry.
  const said = join(dir.path, 'said');
  writeFileSync(
    join(bin, 'npm'),
    `#!/bin/sh\n{ echo "$0 $*"; env; } >> ${said}\necho 'npm error ECONNREFUSED' >&2\nexit 1\n`,
    {
      mode: 0o755,
    },
  );
  cpSync(join(bin, 'npm'), join(bin, 'npx'));
  const child = spawn(process.execPath, [join(dir.path, 'root', 'cli', 'bootstrap.mjs'), 'doctor'], {
    env: {
      HOME: dir.path,
      PATH: `${bin}:/usr/bin:/bin`,
      JWT_SECRET: 'a secret of the shop',
      REDIS_URL: 'redis://:secret@127.0.0.1',
      npm_config_registry: 'http://127.0.0.1:9',
    },
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringContaining('once'),
    expect.stringMatching(/could not be fetched with npm \(npm error ECONNREFUSED\)\. Check the network/),
  ]);
  const asked = readFileSync(said, 'utf8');
  if (process.platform === 'linux') expect(asked).toMatch(/^\S+\/npm ci --ignore-scripts/);
  expect(asked).toContain('npm_config_registry=http://127.0.0.1:9');
  expect(asked).not.toMatch(/secret/);
});
