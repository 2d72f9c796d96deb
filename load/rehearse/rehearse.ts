import { Api } from '../chaos/api.ts';
import { createRandom } from '../chaos/random.ts';
import { openStage } from '../chaos/stage.ts';
import { type Certificate, certify } from './certificate.ts';
import { allFaults, nodeFaults } from './faults.ts';
import { type Plan, play } from './play.ts';
import { openSharedStage } from './shared-stage.ts';

export interface RehearsalOptions extends Plan {
  nodes: number;
  seed: number;
  /** On the servers of REDIS_URL and MONGODB_URI, which are left running; else on a Redis and a database of its own. */
  shared: boolean;
}

/** A sale that nobody else sees, with everything that can go wrong going wrong, and what came of it. */
export async function rehearse(
  { nodes, seed, shared, ...plan }: RehearsalOptions,
  env: NodeJS.ProcessEnv,
  onStep: (says: string) => void,
): Promise<Certificate> {
  const random = createRandom(seed);
  const circumstances = { seed, nodes, plan };
  if (!shared) {
    await using stage = endedBySignal(await openStage(nodes));
    const api = new Api(stage.jwtSecret);
    const performed = await play({ stage, api, random }, allFaults(stage), plan, onStep);
    return certify(performed, { ...circumstances, services: 'private', notTried: [] });
  }
  await using stage = endedBySignal(await openSharedStage(nodes, env));
  const api = new Api(stage.jwtSecret);
  const performed = await play({ stage, api, random }, nodeFaults(stage), plan, onStep);
  await stage.clear(performed.saleId);
  const notTried = ['Redis killed', 'the database killed'];
  return certify(performed, { ...circumstances, services: 'shared', notTried });
}

/** Whoever breaks it off leaves no process and no database behind. */
function endedBySignal<Stage extends AsyncDisposable>(stage: Stage): Stage {
  process.once('SIGINT', () => void stage[Symbol.asyncDispose]().then(() => process.exit(130)));
  return stage;
}
