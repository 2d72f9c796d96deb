import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createHttpClient, type HttpRequest } from '../../shared/http-client.ts';
import { signingTokens } from '../../shared/tokens.ts';
import type { Environment } from './environment.ts';
import type { ProbeTasks } from './probe.ts';
import type { Program } from './program.ts';
import { startMeasured, type Target, type Terms } from './target.ts';

const main = new URL(import.meta.resolve('@flipzon/server/main.ts'));
const settleMsMax = 60_000;
const attemptsMax = 10;

export interface Ours extends Target {
  /** Where its orders are, in the environment's MongoDB. */
  database: string;
  /** The sale that `openSale` opened last. */
  saleId(): string;
  /** The `seq` of the sale as it was opened; each claim adds one. */
  firstSeq(): number;
  /** Claims that MongoDB does not have yet. */
  backlog(): Promise<number>;
  /**
   * From now on the claims of this sale stay in the outbox, because its group skips everything up to a far future: the buy alone can be measured,
   * without the writing of its order.
   */
  holdWriter(): Promise<void>;
  /** Discards the held claims, as if there had been no buys: a claim without an order would count as a broken promise. */
  dropHeld(): Promise<void>;
}

/** The server with the users of Redis that production has; limits so high that the load of one machine does not meet them. */
export async function startOurs(environment: Environment, nodeCount = 1): Promise<Ours> {
  const nodeSettings = {
    REDIS_URL: environment.redisUrl,
    REDIS_RECOVERY_URL: environment.redisRecoveryUrl,
    MONGODB_URI: environment.mongodbUrl,
    MONGODB_DATABASE: `bench-${randomBytes(4).toString('hex')}`,
    JWT_SECRET: environment.jwtSecret,
    RATE_LIMIT_BUY: '100000/1s',
    ADMISSION_RATE: '100000/1s',
    LOG_LEVEL: 'warn',
    PORT: '0',
  };
  const nodes: Program<ProbeTasks>[] = [];
  for (let i = 1; i <= nodeCount; i++)
    nodes.push(await startMeasured(main, { ...nodeSettings, NODE_NAME: `node-${i}` }));
  const urls = nodes.map((node) => node.url);
  const ask = await askingAsOperator(urls, environment.jwtSecret);
  let saleId = '';
  let firstSeq = 0;
  let units = 0;
  const outboxKey = async () => (await environment.redis.keys(`sale:{${saleId}}:*:outbox`))[0] ?? '';
  const backlog = async () => environment.redis.xlen(await outboxKey());
  return {
    name: 'flipzon',
    runsOn: `node ${process.version}`,
    urls,
    nodes,
    database: nodeSettings.MONGODB_DATABASE,
    saleId: () => saleId,
    firstSeq: () => firstSeq,
    backlog,
    async holdWriter() {
      await environment.redis.xgroup('SETID', await outboxKey(), 'writers', '99999999999999-0');
    },
    async dropHeld() {
      const outbox = await outboxKey();
      const key = (name: string) => outbox.replace(/outbox$/, name);
      await environment.redis
        .multi()
        .xtrim(outbox, 'MAXLEN', 0)
        .del(key('holders'))
        .hset(key('state'), { remaining: units, next: 1 })
        .exec();
    },
    async openSale({ quantity, perCustomer }: Terms) {
      const body = { quantity, perCustomer, startsAt: 'now' };
      units = quantity;
      saleId = (await ask(0, { method: 'POST', path: '/start', body })).sale.id;
      for (const node of nodes.keys()) {
        for (;;) {
          const { sale } = await ask(node, { method: 'GET', path: '/status' });
          firstSeq = sale.seq;
          if (sale.id === saleId && sale.available) break;
          await delay(20);
        }
      }
    },
    async settled() {
      const deadlineMs = performance.now() + settleMsMax;
      while ((await backlog()) > 0) {
        if (performance.now() > deadlineMs) throw new Error('the backlog is not empty after a minute');
        await delay(20);
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node.end()));
    },
  };
}

interface SaleBody {
  sale: { id: string; available: boolean; seq: number };
}

/** Requests to each of the nodes, with the operator's token. */
async function askingAsOperator(urls: readonly string[], jwtSecret: string) {
  const clients = urls.map((url) => createHttpClient(url, 4));
  const operator = await signingTokens(jwtSecret)('operator', 'operator');
  const token = operator.ok ? operator.token : '';
  return async function ask(
    node: number,
    request: Omit<HttpRequest, 'token' | 'timeoutMs'>,
    attempt = 1,
  ): Promise<SaleBody> {
    const answer = await clients[node]?.({ ...request, token, timeoutMs: 30_000 });
    // A node on a loaded machine may lose its Redis for a moment.
    if (answer?.code === 'answered' && answer.status === 503 && attempt < attemptsMax) {
      await delay(500);
      return ask(node, request, attempt + 1);
    }
    if (answer?.code !== 'answered' || answer.status >= 300)
      throw new Error(`${request.path}: ${JSON.stringify(answer)}`);
    return answer.body as SaleBody;
  };
}
