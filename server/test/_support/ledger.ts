import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import { RedisClaimLedger } from '../../src/redis/claim-ledger.ts';
import { connectRedis, type RedisConnections } from '../../src/redis/connections.ts';
import { RedisEarlierRequests } from '../../src/redis/earlier-requests.ts';
import { RedisEpochKeys } from '../../src/redis/epoch-keys.ts';
import { RedisHoldLedger } from '../../src/redis/hold-ledger.ts';
import { RedisOutbox } from '../../src/redis/outbox.ts';
import { createScriptLoader } from '../../src/redis/script-loader.ts';
import type { EpochContent, SaleEpoch } from '../../src/sale/ledger-ports.ts';

/** A rate that no test reaches by accident. */
export const unlimited = { points: 1_000_000, perMs: 1_000 };

export interface TestLedger extends AsyncDisposable {
  /** For the test itself: signed in as the administrator. What is under test signs in as the nodes do. */
  redis: RedisConnections;
  url: string;
  ledger: RedisClaimLedger;
  keys: RedisEpochKeys;
  requests: RedisEarlierRequests;
  outbox: RedisOutbox;
  holds: RedisHoldLedger;
  /** Redis's own clock, whole ms. */
  now(): Promise<number>;
  /** An open epoch 1 of a new sale. */
  openEpoch(content?: Partial<EpochContent> & { quantity?: number }): Promise<SaleEpoch>;
}

/** The claim scripts on a real Redis, without anything around them. */
export async function openLedger(): Promise<TestLedger> {
  await using undo = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-ledger-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  const service = undo.use(await startPrivateRedis({ dataDir }));
  const redis = undo.use(await connectRedis([service.adminUrl], () => undefined));
  const nodes = undo.use(await connectRedis([service.url], () => undefined));
  const keys = new RedisEpochKeys(nodes.commands, createScriptLoader([service.recoveryUrl]));
  const now = async () => {
    const [seconds, micros] = await redis.commands.time();
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  };
  const done = undo.move();
  return {
    redis,
    url: service.url,
    ledger: new RedisClaimLedger(nodes.commands, { rate: unlimited }),
    keys,
    requests: new RedisEarlierRequests(nodes.commands),
    outbox: new RedisOutbox(nodes.commands, nodes.blocking, 'writer-1'),
    holds: new RedisHoldLedger(nodes.commands),
    now,
    async openEpoch({ quantity = 3, ...content } = {}) {
      const at = { saleId: `test-${randomBytes(5).toString('hex')}`, epoch: 1 };
      await keys.build(at, {
        terms: { revision: 1, quantity, startsAt: 0, endsAt: null, paused: false, reason: null },
        perCustomer: 1,
        holders: [],
        cancelled: [],
        returned: [],
        nextUnit: 1,
        remaining: quantity,
        seq: 0,
        ...content,
      });
      await keys.open(at);
      return at;
    },
    [Symbol.asyncDispose]: () => done.disposeAsync(),
  };
}
