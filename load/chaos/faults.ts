import { setTimeout as delay } from 'node:timers/promises';
import type { RestartableNode } from '@flipzon/server/test-support/node-process.ts';
import type { Environment } from './environment.ts';
import type { Random } from './random.ts';

/** A fault in the shop. When its promise resolves, with the number of killed processes, the fault is over and repaired. */
export interface Fault {
  name: string;
  strike(environment: Environment, random: Random): Promise<number>;
}

const downMs = (random: Random) => random.between(50, 1_500);

export async function killNode(node: RestartableNode, random: Random): Promise<number> {
  await node.end('SIGKILL');
  await delay(downMs(random));
  await node.start();
  return 1;
}

export const faults: readonly Fault[] = [
  { name: 'node killed', strike: (environment, random) => killNode(random.pick(environment.nodes), random) },
  {
    name: 'all nodes killed',
    async strike(environment, random) {
      await Promise.all(environment.nodes.map((node) => killNode(node, random)));
      return environment.nodes.length;
    },
  },
  {
    name: 'node frozen',
    async strike(environment, random) {
      const node = random.pick(environment.nodes);
      node.signal('SIGSTOP');
      await delay(random.between(500, 7_000));
      node.signal('SIGCONT');
      return 0;
    },
  },
  {
    name: 'node drained and started',
    async strike(environment, random) {
      const node = random.pick(environment.nodes);
      await node.end('SIGTERM');
      await node.start();
      return 0;
    },
  },
  {
    name: 'Redis killed',
    async strike({ redis }, random) {
      await redis.kill();
      await delay(downMs(random));
      await redis.comeBack();
      return 1;
    },
  },
  {
    name: 'Redis wiped',
    async strike({ redis }) {
      await redis.wipe();
      return 0;
    },
  },
  {
    name: 'Redis wiped and a node killed',
    async strike(environment, random) {
      const node = random.pick(environment.nodes);
      await Promise.all([environment.redis.wipe(), killNode(node, random)]);
      return 1;
    },
  },
  {
    name: 'Redis frozen',
    async strike({ redis }, random) {
      redis.freeze();
      await delay(random.between(200, 4_000));
      redis.thaw();
      return 0;
    },
  },
  {
    name: 'MongoDB killed',
    async strike({ mongodb }, random) {
      await mongodb.kill();
      await delay(downMs(random));
      await mongodb.comeBack();
      return 1;
    },
  },
  {
    name: 'MongoDB frozen',
    async strike({ mongodb }, random) {
      mongodb.freeze();
      await delay(random.between(500, 6_000));
      mongodb.thaw();
      return 0;
    },
  },
  {
    name: 'answers of MongoDB lost, late or doubled',
    async strike({ databaseProxy }, random) {
      if (databaseProxy === null) return 0;
      const commands = { command: ['insert', 'update', 'find', 'aggregate'] };
      const times = random.between(1, 10);
      const harm = random.pick([
        'dropAnswer',
        'dropCommand',
        'repeatCommand',
        'fail',
        'holdAnswer',
        'holdCommand',
      ] as const);
      const fault =
        harm === 'holdAnswer' || harm === 'holdCommand'
          ? databaseProxy[harm](commands, times, random.between(100, 3_000))
          : databaseProxy[harm](commands, times);
      await delay(random.between(200, 3_000));
      fault.end();
      return 0;
    },
  },
  {
    name: 'everything killed',
    async strike(environment, random) {
      await Promise.all([
        environment.redis.kill(),
        environment.mongodb.kill(),
        ...environment.nodes.map((node) => node.end('SIGKILL')),
      ]);
      await delay(downMs(random));
      await Promise.all([environment.redis.comeBack(), environment.mongodb.comeBack()]);
      await Promise.all(environment.nodes.map((node) => node.start()));
      return 2 + environment.nodes.length;
    },
  },
];
