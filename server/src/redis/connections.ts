import { Cluster, Redis, type RedisOptions } from 'ioredis';

export type RedisClient = Redis | Cluster;

/** No claim waits longer for Redis than this; the customer gets `unavailable` and asks again. */
const commandMsMax = 2_000;
const connectMsMax = 3_000;
/**
 * A connection on which Redis owes an answer and sends nothing for this long is closed and opened again: the peer may be gone without
 * closing it, and written data would wait in memory for as long as the system keeps trying.
 */
const silentMsMax = 5_000;
/** Connections that only listen send a ping this often; otherwise a silent one would not be noticed. */
const heartbeatEveryMs = 1_000;
const reconnectMsMax = 1_000;

export interface RedisConnections extends AsyncDisposable {
  /** Claims, and every short command. */
  commands: RedisClient;
  /** The outbox reader waits on this one; a blocked connection can do nothing else. */
  blocking: RedisClient;
  /** Stock and announcements. */
  subscriber: RedisClient;
  adapterPublisher: RedisClient;
  adapterSubscriber: RedisClient;
}

/** `urls`: of a single Redis, or of one or several servers of a cluster. Rejects when Redis can't be reached at start. */
export async function connectRedis(
  urls: readonly string[],
  onError: (error: Error) => void,
): Promise<RedisConnections> {
  const isCluster = await meansCluster(urls);
  const clients: RedisClient[] = [];
  const make = (options: { commandTimeout?: number }): RedisClient => {
    const client = createClient(urls, isCluster, options);
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

const onceOnly = { commandTimeout: commandMsMax, retryStrategy: () => null };

/** One connection for a single piece of work; rejects if none can be opened. */
export async function connectToLoad(
  urls: readonly string[],
): Promise<AsyncDisposable & { client: RedisClient }> {
  const client = createClient(urls, await meansCluster(urls), onceOnly);
  // Errors that matter reject the call.
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

/**
 * Several addresses are those of a cluster. A single one may be too; the others are then found through it. A client for a single Redis would be
 * redirected at its first key (MOVED).
 */
async function meansCluster(urls: readonly string[]): Promise<boolean> {
  if (urls.length > 1) return true;
  const client = createClient(urls, false, onceOnly);
  client.on('error', () => undefined);
  try {
    await client.connect();
    // A user that may not ask, or a proxy that does not know this, is no server of a cluster that a node could join.
    const info = await client.info('cluster').catch(() => '');
    return info.includes('cluster_enabled:1');
  } finally {
    client.disconnect();
  }
}

/** In a cluster, ioredis chooses the subscriber and gives no access to its connection, so only its own checks apply. */
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
  isCluster: boolean,
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
  if (!isCluster) return new Redis(first, common);
  const { password, username, protocol } = new URL(first);
  const isEncrypted = protocol === 'rediss:';
  return new Cluster([...urls], {
    lazyConnect: true,
    enableOfflineQueue: false,
    // Certificates name host names, so a server is addressed by its name.
    ...(isEncrypted ? { dnsLookup: (name, found) => found(null, name) } : {}),
    redisOptions: {
      ...common,
      // Also for the servers that the cluster names itself, without a scheme.
      ...(isEncrypted ? { tls: {} } : {}),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    },
  });
}

/** The servers that hold data: one, or the masters of a cluster. A script must be loaded on each. */
export function masters(client: RedisClient): Redis[] {
  return client instanceof Cluster ? client.nodes('master') : [client];
}
