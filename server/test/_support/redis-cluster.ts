import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureRedisBinary } from '@flipzon/local-services/redis-binary.ts';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { countFaults } from './fault-figures.ts';
import { eventually } from './shopper.ts';

const masters = 3;
const slots = 16_384;
/** The bus of a cluster node listens this far above its port. */
const busOffset = 10_000;

export interface RedisCluster extends AsyncDisposable {
  /** For REDIS_URL: all of them, comma-separated. */
  url: string;
  /** The certificate of its servers, for clients that have to trust it; null: they do not encrypt. */
  certificate: string | null;
  /** Kills the master that holds this key with SIGKILL, and waits until its replica has taken its place. */
  failOver(key: string): Promise<void>;
}

interface Member {
  port: number;
  child: ChildProcess;
  redis: Redis;
}

/** Three masters, with a replica each unless there are to be none, in separate folders, with `appendfsync always`; encrypted if requested. */
export async function openRedisCluster({ replicas = true, encrypted = false } = {}): Promise<RedisCluster> {
  await using undo = new AsyncDisposableStack();
  const binary = await ensureRedisBinary();
  const root = await mkdtemp(join(tmpdir(), 'flipzon-cluster-'));
  undo.defer(() => rm(root, { recursive: true, force: true }));
  const tls = encrypted ? await makeCertificate(root) : null;
  const members: Member[] = [];
  for (let index = 0; index < masters * (replicas ? 2 : 1); index++) {
    const port = await freePortWithBus();
    const dir = join(root, String(port));
    await mkdir(dir);
    const ports = tls === null ? `--port ${port}` : `--port 0 --tls-port ${port} ${tls.flags}`;
    const flags = `${ports} --bind 127.0.0.1 --dir ${dir} --save "" --appendonly yes --appendfsync always
      --cluster-enabled yes --cluster-node-timeout 1500 --cluster-replica-validity-factor 0`;
    const child = spawn(
      binary.path,
      flags.split(/\s+/).map((flag) => (flag === '""' ? '' : flag)),
      {
        env: { ...process.env, ...binary.env },
        stdio: 'ignore',
      },
    );
    undo.defer(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    });
    const redis = new Redis(port, '127.0.0.1', {
      protocol: 2,
      retryStrategy: () => 100,
      ...(tls && { tls: { ca: tls.certificate } }),
    });
    redis.on('error', () => undefined);
    undo.defer(async () => redis.disconnect());
    members.push({ port, child, redis });
  }
  await form(members);
  const scheme = tls === null ? 'redis' : 'rediss';
  const done = undo.move();
  return {
    certificate: tls?.certificate ?? null,
    url: members.map(({ port }) => `${scheme}://127.0.0.1:${port}`).join(','),
    async failOver(key) {
      const living = members.filter(({ child }) => child.signalCode === null);
      const [probe] = living;
      const slot = Number(await probe?.redis.cluster('KEYSLOT', key));
      if (probe === undefined) throw new Error('no server is left');
      const holder = await masterOf(probe.redis, slot);
      const victim = living.find(({ port }) => port === holder);
      if (victim === undefined) throw new Error(`no master for ${key}`);
      victim.redis.disconnect();
      victim.child.kill('SIGKILL');
      countFaults({ kills: 1 });
      await once(victim.child, 'exit');
      const others = living.filter((member) => member !== victim);
      await eventually(async () => {
        for (const { redis } of others) {
          expect(await redis.cluster('INFO')).toContain('cluster_state:ok');
          expect(await masterOf(redis, slot)).not.toBe(victim.port);
        }
      });
    },
    [Symbol.asyncDispose]: () => done.disposeAsync(),
  };
}

/** Of an unknown authority, for the loopback address. */
async function makeCertificate(dir: string): Promise<{ certificate: string; flags: string }> {
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const made = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=flipzon-test';
  const args = [...made.split(' '), '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert];
  await promisify(execFile)('openssl', ['req', ...args], { timeout: 30_000 });
  const files = `--tls-cert-file ${cert} --tls-key-file ${key} --tls-ca-cert-file ${cert}`;
  return {
    certificate: await readFile(cert, 'utf8'),
    flags: `--tls-cluster yes --tls-replication yes --tls-auth-clients no ${files}`,
  };
}

async function form(members: readonly Member[]): Promise<void> {
  const [first] = members;
  for (const { redis } of members) await eventually(() => redis.ping());
  for (const { redis } of members) await redis.cluster('MEET', '127.0.0.1', first?.port ?? 0);
  for (const [index, { redis }] of members.slice(0, masters).entries()) {
    const [from, to] = [index, index + 1].map((part) => Math.floor((slots * part) / masters));
    await redis.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String((to ?? 0) - 1));
  }
  for (const [index, { redis }] of members.slice(masters).entries()) {
    const master = await members[index]?.redis.cluster('MYID');
    await eventually(() => redis.cluster('REPLICATE', String(master)));
  }
  for (const { redis } of members) {
    await eventually(async () => expect(await redis.cluster('INFO')).toContain('cluster_state:ok'));
  }
  for (const { redis } of members.slice(masters)) {
    await eventually(async () => expect(await redis.info('replication')).toContain('master_link_status:up'));
  }
}

/** The port of the master that holds a slot, as this member sees it. */
async function masterOf(redis: Redis, slot: number): Promise<number | undefined> {
  const ranges = (await redis.cluster('SLOTS')) as unknown as [number, number, [string, number]][];
  return ranges.find(([from, to]) => slot >= from && slot <= to)?.[2][1];
}

async function freePortWithBus(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 30_000);
    if ((await isFree(port)) && (await isFree(port + busOffset))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  const free = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  server.close();
  return free;
}
