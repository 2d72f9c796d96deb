import mongoose, { type Connection } from 'mongoose';

const selectServerMsMax = 3_000;
const connectMsMax = 3_000;
const socketMsMax = 10_000;
/** While all connections wait for a server that hangs, what comes after is refused rather than queued up. */
const queueMsMax = 2_000;

/** Rejects when no MongoDB answers at start. Later outages are waited out by the driver, command by command, within its bounds. */
export async function connectMongo(
  uri: string,
  database: string | undefined,
  onError: (error: unknown) => void,
): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    dbName: database ?? databaseOf(uri),
    serverSelectionTimeoutMS: selectServerMsMax,
    connectTimeoutMS: connectMsMax,
    socketTimeoutMS: socketMsMax,
    waitQueueTimeoutMS: queueMsMax,
    bufferCommands: false,
    autoCreate: false,
    autoIndex: false,
    maxPoolSize: 20,
    appName: 'flipzon',
  });
  connection.on('error', onError);
  await connection.asPromise();
  return connection;
}

/** The one that the address names, else ours rather than the driver's `test`. */
function databaseOf(uri: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
  return path === undefined ? 'flipzon' : decodeURIComponent(path);
}
