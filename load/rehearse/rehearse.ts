import { Api } from '../chaos/api.ts';
import { openEnvironment } from '../chaos/environment.ts';
import { createRandom } from '../chaos/random.ts';
import { type Certificate, certify } from './certificate.ts';
import { allFaults, nodeFaults } from './faults.ts';
import { type Plan, play } from './play.ts';
import { openSharedEnvironment } from './shared-environment.ts';

export interface RehearsalOptions extends Plan {
  nodes: number;
  seed: number;
  /** On the servers of REDIS_URL and MONGODB_URI, which are left running; else on a separate Redis and database. */
  shared: boolean;
}

/**
 * Runs a private sale under faults, and returns its certificate. Aborting the signal ends
 * this process, and leaves no other one, no folder and no database behind.
 */
export async function rehearse(
  { nodes, seed, shared, ...plan }: RehearsalOptions,
  env: NodeJS.ProcessEnv,
  onStep: (says: string) => void,
  breakOff: AbortSignal,
): Promise<Certificate> {
  const random = createRandom(seed);
  const circumstances = { seed, nodes, plan };
  if (!shared) {
    await using environment = await ended(openEnvironment(nodes), breakOff);
    const api = new Api(environment.jwtSecret);
    const performed = await play({ environment, api, random }, allFaults(environment), plan, onStep);
    return certify(performed, { ...circumstances, services: 'private', notTried: [] });
  }
  await using environment = await ended(openSharedEnvironment(nodes, env), breakOff);
  const api = new Api(environment.jwtSecret);
  const performed = await play({ environment, api, random }, nodeFaults(environment), plan, onStep);
  const notTried = ['Redis killed', 'the database killed'];
  return certify(performed, { ...circumstances, services: 'shared', notTried });
}

/** Also while the environment is still being set: what is half there is finished first, so that all of it can go. */
function ended<Environment extends AsyncDisposable>(
  opening: Promise<Environment>,
  by: AbortSignal,
): Promise<Environment> {
  const leave = () =>
    void opening
      .then((environment) => environment[Symbol.asyncDispose]())
      .catch(() => undefined)
      .finally(() => process.exit(130));
  if (by.aborted) leave();
  else by.addEventListener('abort', leave, { once: true });
  return opening;
}
