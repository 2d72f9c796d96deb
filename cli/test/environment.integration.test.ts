import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { findFreePort } from '@flipzon/local-services/free-port.ts';
import { tempDir } from '@flipzon/local-services/test-support/temp-dir.ts';
import { expect, test } from 'vitest';
import { readSettings } from '../src/settings.ts';
import { runNode } from './_support/run-cli.ts';

const start = (env: NodeJS.ProcessEnv) => runNode('cli/src/main.ts', ['start'], env);

test.each([
  ['NODES', '17', '1 to 16'],
  ['NODES', '1.5', '1 to 16'],
  ['PORT', '70000', '0 to 65535'],
  ['REDIS_URL', 'http://127.0.0.1', 'redis://'],
  ['SALE_TIME_ZONE', 'Mars/Olympus', 'Asia/Kolkata'],
])(
  '%s=%s ends the start with exit code 78, naming what was given and what is accepted',
  async (name, value, accepted) => {
    const { code, stderr } = await start({ [name]: value });
    expect(code).toBe(78);
    expect(stderr).toContain(name);
    expect(stderr).toContain(value);
    expect(stderr).toContain(accepted);
  },
);

test('every bad variable is named at once', async () => {
  const { stderr } = await start({ NODES: '0', PORT: 'abc' });
  expect(stderr.trim().split('\n')).toHaveLength(2);
});

test('the demo’s sign-in is on by itself only for a private shop that this machine alone reaches', () => {
  const demoLogin = (env: Record<string, string>) => readSettings(env).demoLogin;
  for (const HOST of ['', '127.0.0.1', '127.0.0.2', '::1', 'localhost'])
    expect(demoLogin({ HOST })).toBe(true);
  for (const HOST of ['0.0.0.0', '::', '10.1.2.3', 'shop.example']) {
    expect(demoLogin({ HOST })).toBe(false);
    expect(readSettings({ HOST }, { nodes: 2, isDemo: true }).demoLogin).toBe(false);
    // If it is set explicitly, it is on, with a warning.
    expect(demoLogin({ HOST, DEMO_LOGIN: 'true' })).toBe(true);
    expect(readSettings({ HOST }).firstSale).toBe(true);
  }
  expect(demoLogin({ REDIS_URL: 'redis://127.0.0.1' })).toBe(false);
  expect(readSettings({ DEMO_LOGIN: 'false' }).firstSale).toBe(false);
});

test('a taken port gives one line that says what to do', async () => {
  using dir = tempDir();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { code, stderr } = await start({ PORT: String(port), DATA_DIR: dir.path });
  server.close();
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(`Port ${port} is taken.*PORT=${port + 1}`),
  ]);
});

test('a REDIS_URL where nothing answers gives one line that says what to do', async () => {
  using dir = tempDir();
  const nowhere = `redis://:secret@127.0.0.1:${await findFreePort()}`;
  const { code, stderr } = await start({ REDIS_URL: nowhere, PORT: '0', DATA_DIR: dir.path });
  expect(code).toBe(1);
  expect(stderr).toMatch(/REDIS_URL points to 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
  expect(stderr).not.toContain('secret');
});
