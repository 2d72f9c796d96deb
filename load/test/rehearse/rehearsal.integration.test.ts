import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMongodb } from '@flipzon/local-services/private-mongodb.ts';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import { rehearsalCertificate } from '@flipzon/protocol/rehearsal-schemas.ts';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { certificateText, certify } from '../../rehearse/certificate.ts';
import { rehearse } from '../../rehearse/rehearse.ts';

const program = join(import.meta.dirname, '../../rehearse/main.ts');
const isRehearsal = ({ name }: { name: string }) => name.startsWith('rehearsal');
const never = new AbortController().signal;
const small = { shoppers: 60, quantity: 40, spreadS: 3, nodes: 2, seed: 7 };

test('a rehearsal kills a node, Redis and the database, and certifies what it saw', async () => {
  const certificate = await rehearse({ ...small, shared: false }, {}, () => undefined, never);
  const broken = certificate.invariants.filter(({ holds }) => !holds);
  expect(broken).toEqual([]);
  expect(certificate).toMatchObject({ holds: true, services: 'private', notTried: [] });
  expect(certificate.faults.map(({ name }) => name)).toEqual([
    'Redis killed',
    'the database killed',
    'a node killed',
    'a node drained and started',
  ]);
  for (const { downMs, recoveredMs } of certificate.faults)
    expect(recoveredMs).toBeGreaterThanOrEqual(downMs);
  expect(certificate.seal).toMatchObject({ size: 40, proofs: 5, holds: true });
  expect(certificate.report).toMatchObject({ simulated: true, sold: 40 });
  // Redis came back without its scripts, so the sale went on in another epoch.
  expect(certificate.report?.faults.recoveries).toBeGreaterThanOrEqual(1);
  expect(certificate.latency.claimed.count).toBeGreaterThanOrEqual(40);
  expect(certificateText(certificate)).toContain('EVERY PROMISE HELD');

  expect(() => rehearsalCertificate.parse(certificate)).not.toThrow();

  const { judgement, ...others } = {
    ...certificate,
    judgement: { lost: [], unexpected: [], takenBack: 0, unsold: 0, broken: [] },
  };
  const performed = { ...others, judgement, audit: null };
  const circumstances = { seed: 7, nodes: 2, plan: small, services: 'private', notTried: [] } as const;
  const failures = [
    { ...performed, judgement: { ...judgement, broken: ['a unit was sold twice'] } },
    { ...performed, seal: null },
    { ...performed, faults: [{ name: 'a node killed', downMs: 1, recoveredMs: null }] },
    performed,
  ];
  for (const failure of failures) {
    const failed = certify(failure, { ...circumstances, notTried: [] });
    expect(failed.holds).toBe(false);
    expect(certificateText(failed)).toMatch(/BROKEN {2}.+[\s\S]+SOMETHING IS BROKEN/);
  }
}, 180_000);

test('on servers that others use it leaves no trace, and says what it has not tried', async () => {
  await using undo = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-shared-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  const redis = undo.use(await startPrivateRedis({ dataDir }));
  const mongodb = undo.use(await startPrivateMongodb({ dataDir }));
  const database = await mongoose.createConnection(mongodb.url, { dbName: 'flipzon' }).asPromise();
  undo.defer(() => database.close());
  const admin = new Redis(redis.adminUrl, { protocol: 2 });
  undo.defer(() => admin.disconnect());
  await database.collection('orders').insertOne({ customerId: 'of the real sale' });
  await admin.set('sale:{real}:1:state', 'untouched');

  const env = { REDIS_URL: redis.url, REDIS_RECOVERY_URL: redis.recoveryUrl, MONGODB_URI: mongodb.url };
  const certificate = await rehearse({ ...small, shared: true }, env, () => undefined, never);
  expect(certificate).toMatchObject({ holds: true, notTried: ['Redis killed', 'the database killed'] });
  expect(certificateText(certificate)).toContain('Redis killed: not tried, others use it');

  // And so does one whose node is gone in the midst of it.
  const child = fork(program, ['--shared', '--shoppers', '60', '--quantity', '40', '--spread-s', '30'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [step] = await once(child, 'message');
  expect(step).toMatchObject({ type: 'step', says: expect.stringContaining('40 units') });
  expect((await database.listDatabases()).databases.some(isRehearsal)).toBe(true);
  const exited = once(child, 'exit');
  child.disconnect();
  expect(await exited).toEqual([130, null]);

  const left = (await admin.keys('*')).filter((key) => !key.includes(':buys:'));
  expect(left).toEqual(['sale:{real}:1:state']);
  const { databases } = await database.listDatabases();
  expect(databases.filter(isRehearsal)).toEqual([]);
  expect(await database.collection('orders').countDocuments()).toBe(1);
}, 180_000);
