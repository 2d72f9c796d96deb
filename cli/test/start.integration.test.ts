import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { redisCommand } from '@flipzon/local-services/test-support/redis-command.ts';
import { tempDir } from '@flipzon/local-services/test-support/temp-dir.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import { expect, test, vi } from 'vitest';
import { root } from '../src/root.ts';
import { firstVisitor } from '../src/shop/first-visitor.ts';
import { startSale } from '../src/shop/sale-api.ts';
import { runNode } from './_support/run-cli.ts';

async function post(url: string, body: object, token?: string) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: what the answers hold is asserted, not typed.
  return { status: answer.status, body: (await answer.json()) as any };
}

const tokenOf = async (shop: string, customerId: string, role = 'customer') =>
  (await post(`${shop}/login`, { customerId, role })).body.token as string;

async function saleOf(shop: string) {
  const { sale } = (await (await fetch(`${shop}/status`)).json()) as { sale: Sale };
  return sale;
}

/** While Redis comes back, the answer is “not now”: it is asked again, as late as it says. */
async function buy(shop: string, customerId: string) {
  const token = await tokenOf(shop, customerId);
  for (;;) {
    const answer = await post(`${shop}/buy`, {}, token);
    if (answer.status !== 503) return answer;
    await delay(answer.body.retryAfterMs);
  }
}

/** Linux answers for all of 127.0.0.0/8; not every machine has IPv6. */
const ownHost = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';
const hasIpv6 = Object.values(networkInterfaces()).some((each) =>
  each?.some(({ address }) => address === '::1'),
);
const anyHost = hasIpv6 ? '::' : '0.0.0.0';

test('npm start: the default sale, buys over two nodes, a Redis that is killed, audits, Ctrl-C, and all of it again', async () => {
  using dir = tempDir();
  const secret = 'a-secret-of-the-nodes-which-nothing-else-gets';
  const env = { DATA_DIR: dir.path, NODES: '2', LOG_LEVEL: 'warn', JWT_SECRET_PREVIOUS: secret };
  const audit = () => runNode('cli/bootstrap.mjs', ['run', 'server/src/bin/audit.ts'], env);
  await using shop = await startShop({ ...env, HOST: ownHost });
  expect(new URL(shop.url).hostname).toBe(ownHost);
  expect(shop.said()).not.toContain('WARNING');

  const planned = await saleOf(shop.url);
  expect(planned).toMatchObject({ status: 'scheduled', quantity: 1000, perCustomer: 1 });
  expect(shop.said()).toContain('1000 × iPhone at $999, opens');
  const startsAt = new Date().toISOString();
  const { id } = await startSale(shop.url, await tokenOf(shop.url, 'olga', 'operator'), {
    startsAt,
    quantity: 3,
  });
  expect(await buy(shop.url, 'asha')).toMatchObject({ status: 201, body: { order: { unit: 1 } } });

  const redis = descendantsOf(shop.pid).find(({ command }) => command.includes('redis-server'));
  process.kill(redis?.pid as number, 'SIGKILL');
  await expect.poll(shop.said, { timeout: 30_000 }).toContain('redis-server is back');
  expect(await buy(shop.url, 'ben')).toMatchObject({ status: 201, body: { order: { unit: 2 } } });

  // Its order follows the claim.
  const clean = await vi.waitFor(
    async () => {
      const ran = await audit();
      expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/3 units, 2 orders[\s\S]*CLEAN/) });
      return ran;
    },
    { timeout: 60_000 },
  );
  const { redisUrl } = JSON.parse(readFileSync(join(dir.path, 'services.json'), 'utf8'));
  const [, recoveries] = /(\d+) recoveries/.exec(clean.stdout) ?? [];
  const state = `sale:{${id}}:${1 + Number(recoveries)}:state`;
  await redisCommand(redisUrl, `HINCRBY ${state} remaining 1`);
  const broken = await audit();
  expect(broken).toMatchObject({ code: 1, stdout: expect.stringContaining('BROKEN') });
  await redisCommand(redisUrl, `HINCRBY ${state} remaining -1`);

  const children = descendantsOf(shop.pid);
  expect(children.map(({ command }) => command).join('\n')).toMatch(
    /server\/src\/main\.ts[\s\S]*server\/src\/main\.ts/,
  );
  if (process.platform === 'linux') {
    const knowing = children.filter(({ pid }) =>
      readFileSync(`/proc/${pid}/environ`, 'utf8').includes(secret),
    );
    expect(knowing.every(({ command }) => /(server|cli)\/src\/main\.ts/.test(command))).toBe(true);
    expect(knowing.length).toBeLessThan(children.length);
  }
  process.kill(shop.pid, 'SIGINT');
  expect(await shop.exitCode).toBe(0);
  expect(shop.said()).toMatch(/Stopped\.\s*$/);
  expect(children.filter(({ pid }) => isRunning(pid))).toEqual([]);

  await using again = await startShop({ ...env, HOST: anyHost, DEMO_LOGIN: 'true' });
  expect(new URL(again.url).hostname).toBe(anyHost === '::' ? '[::1]' : '127.0.0.1');
  expect(again.said()).toMatch(/WARNING[\s\S]*POST \/login is on, and HOST \S+ is open to the network/);
  expect(await saleOf(again.url)).toMatchObject({ id, remaining: 1 });
  // As a demo waits for its page to be opened.
  const page = new WebSocket(`${again.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  page.addEventListener('open', () => page.send('40'));
  await firstVisitor(again.url, new AbortController().signal);
  page.close();
  expect(await buy(again.url, 'chen')).toMatchObject({ status: 201, body: { order: { unit: 3 } } });
  expect(await buy(again.url, 'asha')).toMatchObject({ status: 400, body: { code: 'already_purchased' } });
}, 180_000);

type Running = { pid: number; command: string };

/** Every process that descends from that one and runs now. */
function descendantsOf(ancestor: number): Running[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
    .map(([, pid, parent, command = '']) => ({ pid: Number(pid), parent: Number(parent), command }));
  const childrenOf = (pid: number): Running[] =>
    rows
      .filter(({ parent }) => parent === pid)
      .flatMap((row) => [{ pid: row.pid, command: row.command }, ...childrenOf(row.pid)]);
  return childrenOf(ancestor);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

type OpenShop = AsyncDisposable & {
  pid: number;
  url: string;
  /** What it has printed, on either output. */
  said(): string;
  exitCode: Promise<number | null>;
};

/** `npm start` on any free port, as far as its last line of greeting. */
async function startShop(env: NodeJS.ProcessEnv): Promise<OpenShop> {
  const child = spawn(process.execPath, [join(root, 'cli', 'bootstrap.mjs'), 'start'], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const greeted = Promise.withResolvers<string>();
  const onData = (chunk: Buffer) => {
    said += chunk;
    const url = /Shop +(http\S+)/.exec(said)?.[1];
    if (url !== undefined && /^Ready in/m.test(said)) greeted.resolve(url);
  };
  child.stdout.on('data', onData);
  child.stderr.on('data', onData);
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  void exitCode.then(() => greeted.reject(new Error(`The shop did not start:\n${said}`)));
  return {
    url: await greeted.promise,
    pid: child.pid as number,
    said: () => said,
    exitCode,
    async [Symbol.asyncDispose]() {
      child.kill('SIGINT');
      await exitCode;
    },
  };
}
