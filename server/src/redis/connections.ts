import { Cluster, Redis, type RedisOptions } from 'ioredis';

export type RedisClient = Redis | Cluster;

/** No claim waits longer for Redis than this; the customer is told "not now" and asks again. */
const commandMsMax = 2_000;
const connectMsMax = 3_000;
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
  const connections: RedisConnections = {
    commands: make({ commandTimeout: commandMsMax }),
    blocking: make({}),
    subscriber: make({}),
    adapterPublisher: make({ commandTimeout: commandMsMax }),
    adapterSubscriber: make({}),
    [Symbol.asyncDispose]: async () => {
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

function createClient(urls: readonly string[], options: { commandTimeout?: number }): RedisClient {
  const [first] = urls;
  if (first === undefined) throw new Error('no Redis address');
  const common = {
    // Replies in the one shape that the adapter and the outbox are written for.
    protocol: 2,
    lazyConnect: true,
    // A command that waits for a connection is a stale buy: it fails at once instead.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: connectMsMax,
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
