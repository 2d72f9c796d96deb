import mongoose, { type Connection } from 'mongoose';
import { durable } from './durable.ts';

const selectServerMsMax = 3_000;
const connectMsMax = 3_000;
const socketMsMax = 10_000;
/** While all connections wait for a server that hangs, further operations fail rather than queue up. */
const queueMsMax = 2_000;
const writersMax = 20;
/**
 * Reads have a few separate connections, so that the order writer always has free ones, however many customers ask.
 */
export const readersMax = 5;

/**
 * What the shop calls confirmed must survive the loss of a member: it reads at the primary, and only what a majority has. It waits for writes
 * in the same way, so that it reads what it has written. The URI can't override this: `withoutConcerns` removes such options.
 */
const concerns = {
  readPreference: 'primary',
  readConcern: { level: 'majority' },
  writeConcern: durable,
} as const;
const concernNames = new Set([
  ...['readpreference', 'readpreferencetags', 'maxstalenessseconds', 'readconcernlevel'],
  ...['w', 'wtimeout', 'wtimeoutms', 'journal', 'j'],
]);

/** Rejects when no MongoDB answers at start. Later outages are waited out by the driver, command by command, within its bounds. */
export async function connectMongo(
  uri: string,
  database: string | undefined,
  onError: (error: unknown) => void,
  poolMax = writersMax,
): Promise<Connection> {
  const connection = mongoose.createConnection(withoutConcerns(uri), {
    ...concerns,
    dbName: database ?? databaseOf(uri),
    serverSelectionTimeoutMS: selectServerMsMax,
    connectTimeoutMS: connectMsMax,
    socketTimeoutMS: socketMsMax,
    waitQueueTimeoutMS: queueMsMax,
    bufferCommands: false,
    autoCreate: false,
    autoIndex: false,
    maxPoolSize: poolMax,
    appName: 'flipzon',
  });
  connection.on('error', onError);
  await connection.asPromise();
  return connection;
}

/** The database that the URI names, else `flipzon` rather than the driver's `test`. */
function databaseOf(uri: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
  return path === undefined ? 'flipzon' : decodeURIComponent(path);
}

/** The address without the options that say how to read and write; the others keep their spelling. */
function withoutConcerns(uri: string): string {
  const [address = uri, options] = uri.split('?', 2);
  if (options === undefined) return uri;
  const kept = options.split('&').filter((option) => {
    const [name = ''] = option.split('=');
    return !concernNames.has(name.toLowerCase());
  });
  return kept.length === 0 ? address : `${address}?${kept.join('&')}`;
}
