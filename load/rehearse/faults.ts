import { setTimeout as delay } from 'node:timers/promises';
import type { Crashable, Environment } from '../chaos/environment.ts';
import { killNode } from '../chaos/faults.ts';
import type { Random } from '../chaos/random.ts';

/** A fault during the rehearsal. When its promise resolves, the fault is over and repaired. */
export interface RehearsedFault {
  name: string;
  strike(random: Random): Promise<unknown>;
}

async function killStore(store: Crashable, random: Random): Promise<void> {
  await store.kill();
  await delay(random.between(50, 1_500));
  await store.comeBack();
}

/** Only faults of nodes: servers that others use too are not touched. */
export function nodeFaults({ nodes }: Pick<Environment, 'nodes'>): RehearsedFault[] {
  return [
    { name: 'a node killed', strike: (random) => killNode(random.pick(nodes), random) },
    {
      name: 'a node drained and started',
      async strike(random) {
        const node = random.pick(nodes);
        await node.end('SIGTERM');
        await node.start();
      },
    },
  ];
}

export function allFaults(environment: Pick<Environment, 'nodes' | 'redis' | 'mongodb'>): RehearsedFault[] {
  // The stores first, while there is most to lose.
  return [
    { name: 'Redis killed', strike: (random) => killStore(environment.redis, random) },
    { name: 'the database killed', strike: (random) => killStore(environment.mongodb, random) },
    ...nodeFaults(environment),
  ];
}
