import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onFreePort } from '../src/free-port.ts';
import { startPrivateMongodb } from '../src/private-mongodb.ts';
import { startPrivateRedis } from '../src/private-redis.ts';

const somebody = createServer();
let dataDir = '';
let taken = 0;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'flipzon-port-'));
  await new Promise<void>((listening) => somebody.listen(0, '127.0.0.1', listening));
  taken = (somebody.address() as AddressInfo).port;
});
afterAll(async () => {
  somebody.close();
  await rm(dataDir, { recursive: true, force: true });
});

describe('a port that another program takes first', () => {
  it.each([
    ['Redis', (port: number) => startPrivateRedis({ dataDir, port })],
    ['the database', (port: number) => startPrivateMongodb({ dataDir, port })],
  ] as const)('is not insisted on: %s takes the next', async (_name, start) => {
    const tried: number[] = [];
    await using service = await onFreePort((port) => {
      tried.push(port);
      return start(tried.length === 1 ? taken : port);
    });
    expect(tried).toHaveLength(2);
    expect(service.port).toBe(tried[1]);
  });

  it('is the only reason to try again', async () => {
    let tries = 0;
    const start = onFreePort(() => Promise.reject(new Error(`ended at once: ${++tries}`)));
    await expect(start).rejects.toThrow('ended at once: 1');
  });
});
