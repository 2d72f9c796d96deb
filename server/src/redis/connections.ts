import { Cluster, Redis, type RedisOptions } from 'ioredis';

export type RedisClient = Redis | Cluster;

/** No claim waits longer for Redis than this; the customer is told "not now" and asks again. */
const commandMsMax = 2_000;
const connectMsMax = 3_000;
/**
 * A connection on which Redis owes an answer and sends nothing for this long is given up and made anew: the other end may be gone without
 * having said so, and what was written into it would wait in memory for as long as the system keeps trying.
 */
const silentMsMax = 5_000;
/** Those who only listen ask for a sign of life this often; nobody would miss their silence otherwise. */
const heartbeatEveryMs = 1_000;
const reconnectMsMax = 1_000;

export interface RedisConnections extends AsyncDisposable {
  /** Claims, and every short command. */
  commands: RedisClient;
  /** The outbox reader waits on this one; a blocked connection serves nobody else. */
  blocking: RedisClient;
  /** Stock and announcements. */
  subscriber: RedisClient;
  adapterPublisher: RedisClient;
  adapterSubscriber: RedisClient;
}

/** `urls`: one for a single Redis, several for a cluster. Rejects when Redis can't be reached at start. */
export async function connectRedis(
  urls: readonly string[],
  onError: (error: Error) => void,
): Promise<RedisConnections> {
  const clients: RedisClient[] = [];
  const make = (options: { commandTimeout?: number }): RedisClient => {
    const client = createClient(urls, options);
    client.on('error', onError);
    clients.push(client);
    return client;
  };
  const subscriber = make({});
  const adapterSubscriber = make({});
  const heartbeat = keepAlive([subscriber, adapterSubscriber]);
  const connections: RedisConnections = {
    commands: make({ commandTimeout: commandMsMax }),
    blocking: make({}),
    subscriber,
    adapterPublisher: make({ commandTimeout: commandMsMax }),
    adapterSubscriber,
    [Symbol.asyncDispose]: async () => {
      clearInterval(heartbeat);
      for (const client of clients) client.disconnect();
    },
  };
  try {
    await Promise.all(clients.map((client) => client.connect()));
    return connections;
  } catch (error) {
    await connections[Symbol.asyncDispose]();
    throw error;
  }
}

/** One connection for a single piece of work; rejects when there is none to be had. */
export async function connectToLoad(
  urls: readonly string[],
): Promise<AsyncDisposable & { client: RedisClient }> {
  const client = createClient(urls, { commandTimeout: commandMsMax, retryStrategy: () => null });
  // What matters of it comes as a rejection of the call.
  client.on('error', () => undefined);
  const disconnect = async () => client.disconnect();
  try {
    await client.connect();
  } catch (error) {
    await disconnect();
    throw error;
  }
  return { client, [Symbol.asyncDispose]: disconnect };
}

/** In a cluster, ioredis chooses who subscribes and gives no hold on that connection; its own checks have to do there. */
function keepAlive(listeners: readonly RedisClient[]): NodeJS.Timeout {
  const timer = setInterval(() => {
    for (const client of listeners) {
      // Unanswered, it makes the connection close, which is reported there.
      if (client instanceof Redis && client.status === 'ready') client.ping().catch(() => undefined);
    }
  }, heartbeatEveryMs);
  return timer.unref();
}

function createClient(
  urls: readonly string[],
  options: Pick<RedisOptions, 'commandTimeout' | 'retryStrategy'>,
): RedisClient {
  const [first] = urls;
  if (first === undefined) throw new Error('no Redis address');
  const common = {
    // Replies in the one shape that the adapter and the outbox are written for.
    protocol: 2,
    // CLIENT SETINFO is no command of the nodes' user.
    disableClientInfo: true,
    lazyConnect: true,
    // A command that waits for a connection is a stale buy: it fails at once instead.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: connectMsMax,
    socketTimeout: silentMsMax,
    retryStrategy: (attempt: number) => Math.min(50 * attempt, reconnectMsMax),
    ...options,
  } satisfies RedisOptions;
  if (urls.length === 1) return new Redis(first, common);
  const { password, username } = new URL(first);
  return new Cluster([...urls], {
    lazyConnect: true,
    enableOfflineQueue: false,
    redisOptions: {
      ...common,
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    },
  });
}

/** The servers that hold data: one, or the masters of a cluster. A script must be loaded on each. */
export function masters(client: RedisClient): Redis[] {
  return client instanceof Cluster ? client.nodes('master') : [client];
}
