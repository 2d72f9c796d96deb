import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { answerCalls } from '../bench/environment/calls.ts';
import { createHttpClient } from '../shared/http-client.ts';
import type { Person } from './people.ts';

/** A process that solves as many challenges as it can until a time, one after the other, as a script on one core would. */

interface Work {
  url: string;
  people: readonly Person[];
  endsAtMs: number;
}

const notYetMs = 200;

const tasks = {
  /** Customer and pass. */
  async solve({ url, people, endsAtMs }: Work): Promise<[string, string][]> {
    const passes: [string, string][] = [];
    const http = createHttpClient(url, 1);
    const queue = [...people];
    for (let person = queue.shift(); person !== undefined && Date.now() < endsAtMs; person = queue.shift()) {
      const { customerId, token } = person;
      const headers = { 'x-forwarded-for': person.address };
      const asked = await http({ method: 'GET', path: '/challenge', token, headers, timeoutMs: 5_000 });
      const task = asked.code === 'answered' && asked.status === 200 ? (asked.body as Task) : null;
      if (task?.required !== true) {
        // The node does not find them suspicious yet.
        queue.push(person);
        await delay(notYetMs);
        continue;
      }
      const { challenge, bits } = task;
      const body = { challenge, answer: solve(challenge, bits) };
      const passed = await http({
        method: 'POST',
        path: '/challenge',
        token,
        headers,
        body,
        timeoutMs: 5_000,
      });
      if (passed.code === 'answered' && passed.status === 200)
        passes.push([customerId, (passed.body as { pass: string }).pass]);
    }
    return passes;
  },
};

interface Task {
  required: boolean;
  challenge: string;
  bits: number;
}

function solve(challenge: string, bits: number): string {
  const seed = challenge.slice(challenge.lastIndexOf('.') + 1);
  for (let answer = 0; ; answer++) {
    const hash = createHash('sha256').update(`${seed}:${answer}`).digest();
    if (Math.clz32(hash.readUInt32BE(0)) >= bits) return String(answer);
  }
}

export type SolverTasks = typeof tasks;

answerCalls(tasks);
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
process.send?.({ type: 'ready' });
