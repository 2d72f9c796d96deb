import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Environment } from '../bench/environment/environment.ts';
import { Program } from '../bench/environment/program.ts';
import { Gate } from '../shared/gate.ts';
import { createHttpClient } from '../shared/http-client.ts';
import { createRandom } from '../shared/random.ts';
import { signingTokens } from '../shared/tokens.ts';
import type { Defence } from './defences.ts';
import { gatherPeople, type Person } from './people.ts';
import { connect, type Outcome, press } from './shopper.ts';
import type { SolverTasks } from './solver.ts';

const main = new URL(import.meta.resolve('@flipzon/server/main.ts'));
/** Announced for much later, and opened once every client is connected or refused, so that a slow machine changes no share. */
const announcedMs = 600_000;
const lastCallMs = 3_000;
/** How long a script may solve challenges. */
const solvingMs = 60_000;
const operatingMsMax = 20_000;
/** Handshakes under way at a time. */
const handshakesMax = 60;

export interface Plan {
  bots: number;
  honest: number;
  quantity: number;
  seed: number;
  scriptWaitsMs: number;
}

export interface Tally {
  defence: Defence;
  bots: Record<string, number>;
  honest: Record<string, number>;
  solved: number;
  /** How often the network got an answer that made it wait, by code. */
  told: Record<string, number>;
}

/** A separate node behind a proxy that it trusts, and one sale; all clients connect before it opens. */
export async function runDefence(environment: Environment, plan: Plan, defence: Defence): Promise<Tally> {
  // Each run has a separate database.
  await environment.redis.flushall();
  const node = await Program.start(main, {
    REDIS_URL: environment.redisUrl,
    REDIS_RECOVERY_URL: environment.redisRecoveryUrl,
    MONGODB_URI: environment.mongodbUrl,
    MONGODB_DATABASE: `scalpers-${randomBytes(4).toString('hex')}`,
    JWT_SECRET: environment.jwtSecret,
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'error',
    PORT: '0',
    ...defence.environment,
  });
  const solver = await Program.start<SolverTasks>(new URL('./solver.ts', import.meta.url));
  try {
    const beginsAtMs = Date.now();
    const saleId = await announce(node.url, environment.jwtSecret, plan.quantity);
    const { seed, bots, honest, scriptWaitsMs } = plan;
    const people = await gatherPeople(
      { bots, honest, scriptWaitsMs, secret: environment.jwtSecret, random: createRandom(seed) },
      defence,
    );
    const network = people.filter((person) => person.isBot);
    const [solved, links] = await Promise.all([
      defence.solves
        ? solver.call('solve', { url: node.url, people: network, endsAtMs: beginsAtMs + solvingMs })
        : [],
      connectAll(node.url, people),
    ]);
    const opensAtMs = Date.now() + lastCallMs;
    await open(node.url, environment.jwtSecret, { saleId, opensAtMs });
    const passes = new Map(solved);
    const told: Record<string, number> = {};
    const outcomes = await Promise.all(
      people.map(async (person, i): Promise<Outcome> => {
        const link = links[i];
        if (link == null) return 'not_connected';
        return press(link, person, {
          opensAtMs,
          pass: passes.get(person.customerId),
          onTold: (code) => {
            if (person.isBot) told[code] = (told[code] ?? 0) + 1;
          },
        });
      }),
    );
    for (const link of links) link?.close();
    await delay(500);
    return {
      defence,
      bots: countOf(people, outcomes, true),
      honest: countOf(people, outcomes, false),
      solved: passes.size,
      told,
    };
  } finally {
    await Promise.all([node.end(), solver.end()]);
  }
}

/** The network's handshakes do not hold up those of people. */
async function connectAll(url: string, people: readonly Person[]) {
  const gates = { bots: new Gate(handshakesMax), honest: new Gate(handshakesMax) };
  return Promise.all(people.map((person) => connect(url, person, person.isBot ? gates.bots : gates.honest)));
}

async function announce(url: string, secret: string, quantity: number): Promise<string> {
  const startsAt = new Date(Date.now() + announcedMs).toISOString();
  const { sale } = await operate(url, secret, {
    method: 'POST',
    path: '/start',
    body: { quantity, startsAt },
  });
  return sale.id;
}

async function open(
  url: string,
  secret: string,
  { saleId, opensAtMs }: { saleId: string; opensAtMs: number },
): Promise<void> {
  const startsAt = new Date(opensAtMs).toISOString();
  await operate(url, secret, { method: 'PATCH', path: `/sales/${saleId}`, body: { startsAt } });
}

async function operate(
  url: string,
  secret: string,
  request: { method: 'POST' | 'PATCH'; path: string; body: object },
): Promise<{ sale: { id: string } }> {
  const operator = await signingTokens(secret)('operator', 'operator');
  const answer = await createHttpClient(
    url,
    1,
  )({ ...request, timeoutMs: operatingMsMax, ...(operator.ok ? { token: operator.token } : {}) });
  if (answer.code !== 'answered' || answer.status >= 300) throw new Error(JSON.stringify(answer));
  return answer.body as { sale: { id: string } };
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
