import { ServiceUnavailableError } from './private-service.ts';

const AUTHENTICATION_FAILED = 18;
const CONNECT_MS_MAX = 10_000;

type MongodUser = { port: number; user: string; password: string };

/**
 * A mongod with `--auth` and no user yet lets a connection from this machine create the first one, and no further one: at the first start
 * that is us, also on files of a version that had no user.
 */
export async function ensureMongodUser(wanted: MongodUser): Promise<void> {
  if (await mayIn(wanted)) return;
  const { port, user, password } = wanted;
  const client = await mongoClient(`mongodb://127.0.0.1:${port}`);
  try {
    await client.db('admin').command({ createUser: user, pwd: password, roles: ['root'] });
  } catch (error) {
    throw new ServiceUnavailableError(
      `The private mongod knows neither our user nor lets us make one (${error instanceof Error ? error.message : error}). Was its password file lost?`,
    );
  } finally {
    await client.close();
  }
}

async function mayIn({ port, user, password }: MongodUser): Promise<boolean> {
  const client = await mongoClient(`mongodb://${user}:${password}@127.0.0.1:${port}/?authSource=admin`);
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === AUTHENTICATION_FAILED) return false;
    throw error;
  } finally {
    await client.close();
  }
}

/** Only where there is a mongod: the driver takes its time to load. */
async function mongoClient(url: string) {
  const { mongo } = await import('mongoose');
  return new mongo.MongoClient(url, { directConnection: true, serverSelectionTimeoutMS: CONNECT_MS_MAX });
}
