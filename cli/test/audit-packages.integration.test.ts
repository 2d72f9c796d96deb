import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { runNode } from './_support/run-cli.ts';

/** Asks a registry on this machine that answers so. */
async function audit(status: number, advisories: object) {
  let asked = '';
  const server = createServer((request, response) => {
    asked = `${request.method} ${request.url}`;
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(advisories));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const ran = await runNode('cli/src/audit-packages.ts', ['--prod', '--registry', registry]);
    return { ...ran, asked };
  } finally {
    server.close();
  }
}

test('packages without known holes pass', async () => {
  const { code, stderr, asked } = await audit(200, {});
  expect([code, stderr]).toEqual([0, '']);
  expect(asked).toMatch(/^POST .*advisories/);
});

test('a known hole is named, and fails', async () => {
  const hole = {
    id: 1,
    title: 'made up',
    severity: 'high',
    vulnerable_versions: '<99',
    url: 'https://a.test',
  };
  const { code, stdout } = await audit(200, { mongoose: [hole] });
  expect(code).toBe(1);
  expect(stdout).toContain('server>mongoose');
});

test('a registry that does not answer is not a clean audit', async () => {
  const { code, stderr } = await audit(405, {});
  expect(code).toBe(2);
  expect(stderr).toContain('Not audited');
});
