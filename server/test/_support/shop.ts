import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startPrivateRedis } from '@flipzon/local-services/private-redis.ts';
import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { Role } from '@flipzon/protocol/identity.ts';
import type { Order, Sale, StatusAnswer } from '@flipzon/protocol/schemas.ts';
import { pino } from 'pino';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { signToken } from '../../src/identity/tokens.ts';
import { noteClaim } from './fault-figures.ts';
import { connectShopper, type Shopper } from './shopper.ts';

export const jwtSecret = 'a secret for tests, 32 bytes or more';

export interface HttpAnswer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

/** Where to ask: a node in this process, one in another, or a port in front of both. */
export type Address = Pick<App, 'url'>;

export interface Shop extends AsyncDisposable {
  /** For the test itself: signed in as the administrator. The nodes sign in as other users, see `environment`. */
  redisUrl: string;
  mongodbUri: string;
  /** What a node of this shop is started with. */
  environment: Readonly<Record<string, string>>;
  /** Those that run: one that is ended leaves the list. */
  readonly nodes: readonly App[];
  /** One more node on the same Redis and MongoDB. */
  addNode(environment?: Record<string, string>): Promise<App>;
  token(customerId: string, role?: Role): Promise<string>;
  request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string>; node?: Address },
  ): Promise<HttpAnswer<Body>>;
  /** `POST /start` as the operator; live at once with 3 units unless the body says otherwise. */
  startSale(body?: Record<string, unknown>, node?: Address): Promise<Sale>;
  operate<Body = { sale: Sale }>(
    method: string,
    path: string,
    body?: unknown,
    node?: Address,
  ): Promise<HttpAnswer<Body>>;
  shopper(customerId: string | null, node?: Address): Promise<Shopper>;
  status(node?: Address): Promise<StatusAnswer>;
  audit(saleId: string, node?: Address): Promise<AuditReport>;
  ordersOf(customerId: string): Promise<Order[]>;
}

/** A shop on a separate Redis and database: real services, nodes in this process. */
export async function openShop(
  mongodbUri: string,
  { nodes: nodeCount = 1, environment = {} as Record<string, string> } = {},
): Promise<Shop> {
  await using undo = new AsyncDisposableStack();
  const dataDir = await mkdtemp(join(tmpdir(), 'flipzon-shop-'));
  undo.defer(() => rm(dataDir, { recursive: true, force: true }));
  const redis = undo.use(await startPrivateRedis({ dataDir }));
  const database = `test_${randomBytes(6).toString('hex')}`;
  let nodes: readonly App[] = [];
  let started = 0;
  const shared: Record<string, string> = {
    PORT: '0',
    REDIS_URL: redis.url,
    ...(environment.REDIS_URL === undefined ? { REDIS_RECOVERY_URL: redis.recoveryUrl } : {}),
    MONGODB_URI: mongodbUri,
    MONGODB_DATABASE: database,
    JWT_SECRET: jwtSecret,
    DEMO_LOGIN: 'true',
    RATE_LIMIT_BUY: '100000/1s',
    // Many tests bring the same customer again and again.
    CUSTOMER_SOCKETS: '1000',
    LOG_LEVEL: 'silent',
    ...environment,
  };

  const addNode = async (more: Record<string, string> = {}): Promise<App> => {
    const result = readConfig({ ...shared, NODE_NAME: `node-${++started}`, ...more });
    if (!result.ok) throw new Error(result.problems.join('\n'));
    const level = process.env.TEST_LOG_LEVEL ?? result.config.LOG_LEVEL;
    const app = undone.use(await startApp(result.config, pino({ level })));
    const node: App = {
      ...app,
      async [Symbol.asyncDispose]() {
        nodes = nodes.filter((each) => each !== node);
        await app[Symbol.asyncDispose]();
      },
    };
    nodes = [...nodes, node];
    return node;
  };

  const undone = undo.move();
  try {
    for (let i = 0; i < nodeCount; i++) await addNode();
  } catch (error) {
    await undone.disposeAsync();
    throw error;
  }

  const token = async (customerId: string, role: Role = 'customer') =>
    (await signToken(jwtSecret, { customerId, role }, Date.now())).token;
  const request: Shop['request'] = async (method, path, { token: bearer, body, headers, node } = {}) => {
    const response = await fetch(`${(node ?? nodes[0])?.url}${path}`, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') === true;
    const answer = json ? JSON.parse(text) : { text };
    if (path === '/buy' && response.status === 201) noteClaim(answer.order);
    return { status: response.status, headers: response.headers, body: answer };
  };
  const operate: Shop['operate'] = async (method, path, body, node) =>
    request(method, path, {
      token: await token('olga', 'operator'),
      ...(body === undefined ? {} : { body }),
      ...(node === undefined ? {} : { node }),
    });

  return {
    redisUrl: redis.adminUrl,
    mongodbUri: Object.assign(new URL(mongodbUri), { pathname: `/${database}` }).href,
    environment: shared,
    get nodes() {
      return nodes;
    },
    addNode,
    token,
    request,
    operate,
    async startSale(body = {}, node) {
      const answer = await operate('POST', '/start', { quantity: 3, startsAt: 'now', ...body }, node);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return answer.body.sale;
    },
    async shopper(customerId, node = nodes[0] as Address) {
      const shopper = await connectShopper(node.url, customerId === null ? null : await token(customerId));
      undone.defer(() => {
        shopper.socket.disconnect();
      });
      return shopper;
    },
    async status(node) {
      return (await request<StatusAnswer>('GET', '/status', node === undefined ? {} : { node })).body;
    },
    async audit(saleId, node) {
      return (await operate<AuditReport>('GET', `/sales/${saleId}/audit`, undefined, node)).body;
    },
    async ordersOf(customerId) {
      for (;;) {
        const answer = await request<{ orders: Order[]; retryAfterMs?: number }>('GET', '/orders/me', {
          token: await token(customerId),
        });
        // Tests look more often than customers may.
        if (answer.status !== 429) return answer.body.orders;
        await delay(answer.body.retryAfterMs);
      }
    },
    [Symbol.asyncDispose]: () => undone.disposeAsync(),
  };
}
