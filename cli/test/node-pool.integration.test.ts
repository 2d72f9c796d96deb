import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '@flipzon/local-services/test-support/temp-dir.ts';
import { expect, test } from 'vitest';
import { startNodePool } from '../src/shop/node-pool.ts';

/** Stands for the server: serves at once, but cannot start while there is a file, and notes that it was tried. */
const program = `
import { appendFileSync, existsSync } from 'node:fs';
const { NODE_NAME, DIR, PORT } = process.env;
appendFileSync(DIR + '/starts', NODE_NAME + '\\n');
if (existsSync(DIR + '/hangs')) process.exit(1);
process.on('SIGTERM', () => process.exit(0));
setInterval(() => {}, 1000);
process.send({ type: 'ready', port: Number(PORT) || 40000 + Number(NODE_NAME.slice(5)) });
`;

test('a node that does not start again for very long neither ends the others nor is it given up', async () => {
  using dir = tempDir();
  const file = join(dir.path, 'node.mjs');
  writeFileSync(file, program);
  let starts = 0;
  await using pool = await startNodePool({
    count: 2,
    program: file,
    backoffMsMax: 1,
    stopping: new AbortController().signal,
    envOf: (port) => {
      starts++;
      return { DIR: dir.path, ...(port !== undefined && { PORT: String(port) }) };
    },
  });
  const ports = () => pool.backends().map(({ port }) => port);
  expect(ports()).toEqual([40_001, 40_002]);

  writeFileSync(join(dir.path, 'hangs'), '');
  process.kill(pool.nodes()[1]?.pid as number, 'SIGKILL');
  // More often than the twenty starts after which it was given up once.
  await expect.poll(() => starts, { timeout: 50_000 }).toBeGreaterThan(2 + 22);
  expect(ports()).toEqual([40_001]);

  rmSync(join(dir.path, 'hangs'));
  await expect.poll(ports, { timeout: 20_000 }).toEqual([40_001, 40_002]);
});
