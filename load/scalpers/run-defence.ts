import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Program } from '../bench/stage/program.ts';
import type { Stage } from '../bench/stage/stage.ts';
import { Gate } from '../crowd/gate.ts';
import { createHttpClient } from '../crowd/http-client.ts';
import { createRandom } from '../crowd/random.ts';
import { signingTokens } from '../crowd/tokens.ts';
import type { Defence } from './defences.ts';
import { gatherPeople, type Person } from './people.ts';
import { connect, type Outcome, press } from './shopper.ts';
import type { SolverTasks } from './solver.ts';

const main = new URL(import.meta.resolve('@flipzon/server/main.ts'));
const leadMs = 60_000;
/** Handshakes under way at a time. */
const handshakesMax = 60;

export interface Plan {
  bots: number;
  honest: number;
  quantity: number;
  seed: number;
}

export interface Tally {
  defence: Defence;
  bots: Record<string, number>;
  honest: Record<string, number>;
  solved: number;
}

/** A node of its own behind a proxy that it trusts, one sale, everybody there before it opens. */
export async function runDefence(stage: Stage, plan: Plan, defence: Defence): Promise<Tally> {
  const node = await Program.start(main, {
    REDIS_URL: stage.redisUrl,
    REDIS_RECOVERY_URL: stage.redisRecoveryUrl,
    MONGODB_URI: stage.mongodbUrl,
    MONGODB_DATABASE: `scalpers-${randomBytes(4).toString('hex')}`,
    JWT_SECRET: stage.jwtSecret,
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'warn',
    PORT: '0',
    ...defence.environment,
  });
  const solver = await Program.start<SolverTasks>(new URL('./solver.ts', import.meta.url));
  try {
    const opensAtMs = Date.now() + leadMs;
    await announce(node.url, stage.jwtSecret, { quantity: plan.quantity, opensAtMs });
    const { seed, bots, honest } = plan;
    const people = await gatherPeople(
      { bots, honest, secret: stage.jwtSecret, random: createRandom(seed) },
      defence,
    );
    const network = people.filter((person) => person.isBot);
    const [solved, links] = await Promise.all([
      defence.solves
        ? solver.call('solve', { url: node.url, people: network, endsAtMs: opensAtMs - 500 })
        : [],
      connectAll(node.url, people, opensAtMs - 2_000),
    ]);
    const passes = new Map(solved);
    const outcomes = await Promise.all(
      people.map(async (person, i): Promise<Outcome> => {
        const link = links[i];
        if (link == null) return 'not_connected';
        return press(link, person, { opensAtMs, pass: passes.get(person.customerId) });
      }),
    );
    for (const link of links) link?.close();
    await delay(500);
    return {
      defence,
      bots: countOf(people, outcomes, true),
      honest: countOf(people, outcomes, false),
      solved: passes.size,
    };
  } finally {
    await Promise.all([node.end(), solver.end()]);
  }
}

/** The network stands in nobody's way before the door. */
async function connectAll(url: string, people: readonly Person[], untilMs: number) {
  const gates = { bots: new Gate(handshakesMax), honest: new Gate(handshakesMax) };
  return Promise.all(
    people.map((person) =>
      (person.isBot ? gates.bots : gates.honest).run(() => connect(url, person, untilMs)),
    ),
  );
}

async function announce(
  url: string,
  secret: string,
  { quantity, opensAtMs }: { quantity: number; opensAtMs: number },
): Promise<void> {
  const operator = await signingTokens(secret)('operator', 'operator');
  const answer = await createHttpClient(
    url,
    1,
  )({
    method: 'POST',
    path: '/start',
    body: { quantity, startsAt: new Date(opensAtMs).toISOString() },
    timeoutMs: 20_000,
    ...(operator.ok ? { token: operator.token } : {}),
  });
  if (answer.code !== 'answered' || answer.status !== 201) throw new Error(JSON.stringify(answer));
}

function countOf(
  people: readonly Person[],
  outcomes: readonly Outcome[],
  bots: boolean,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [i, outcome] of outcomes.entries()) {
    if (people[i]?.isBot === bots) counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
