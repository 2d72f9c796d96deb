import { setTimeout as delay } from 'node:timers/promises';
import { Clients } from '../drive/clients.ts';
import { startBaseline } from '../environment/baseline.ts';
import { startOurs } from '../environment/ours.ts';
import { calledBetween, commandCounts } from '../environment/redis-commands.ts';
import type { Target } from '../environment/target.ts';
import { atMost, noGoal, ratioAtMost, rowOf } from '../report/row.ts';
import { addRun, type BuyFigures, expectOnly, noFigures } from './figures.ts';
import { type Bench, interleaved, measureIn, type Scenario } from './scenario.ts';

const sockets = 100;
const pressesPerRun = 10_000;

interface Lane {
  name: string;
  target: Target;
  clients: Clients;
  figures: BuyFigures;
  commands: number[];
}

export const refusedScenario: Scenario = {
  name: 'refused',
  about: 'a buy of a customer without a unit, after sell-out',
  async run(bench) {
    await using undo = new AsyncDisposableStack();
    const { environment } = bench;
    const lanes: Lane[] = [];
    for (const target of [
      await startOurs(environment),
      await startBaseline(environment, 'socket-io-claim'),
    ]) {
      undo.use(target);
      const clients = undo.use(await Clients.start());
      const customers = { prefix: 'late', secret: environment.jwtSecret };
      await clients.connect({ urls: target.urls, count: sockets, customers, inFlight: 20 });
      await target.openSale({ quantity: 2, perCustomer: 1 });
      await claimsAreListed(target, clients);
      lanes.push({ name: target.name, target, clients, figures: noFigures(), commands: [] });
    }
    await interleaved(bench, 'refused', lanes, (lane, round) => press(bench, lane, round));
    const [ours, baseline] = lanes as [Lane, Lane];
    const path = 'buy after sell-out';
    const row = (figure: string, key: keyof BuyFigures, goal = noGoal) =>
      rowOf({
        path,
        figure,
        ours: ours.figures[key],
        baseline: { name: 'Socket.IO', values: baseline.figures[key] },
        goal,
      });
    return [
      row('server CPU, s per 10,000', 'cpuSPer10k', ratioAtMost(0.75)),
      rowOf({
        path,
        figure: 'script calls in Redis per refused buy',
        ours: ours.commands,
        baseline: { name: 'Socket.IO', values: baseline.commands },
        goal: atMost(0),
      }),
      row('p99, ms', 'p99Ms'),
      row('refusals/s', 'perSecond'),
    ];
  },
};

/** Socket 0 of each process wins. If it repeats the request it gets its order again; with another request it gets the one it has. */
async function claimsAreListed(target: Target, clients: Clients): Promise<void> {
  for (const process of clients.processes) {
    await process.call('ask', { socket: 0, requestId: 'first' });
  }
  await target.settled();
  if (target.name !== 'flipzon') return;
  // Until the node has its list of claims.
  await delay(500);
  for (const process of clients.processes) {
    const again = (await process.call('ask', { socket: 0, requestId: 'first' })).acked;
    const other = (await process.call('ask', { socket: 0, requestId: 'second' })).acked;
    const got = JSON.stringify([again, other]);
    if (!got.includes('"ok":true,"order"') || !got.includes('already_purchased'))
      throw new Error(`a winner who asked again got ${got}`);
  }
}

async function press(
  bench: Bench,
  { target, clients, figures, commands }: Lane,
  round: number,
): Promise<void> {
  const { redis } = bench.environment;
  const before = await commandCounts(redis);
  const { cpuMs, result: pressed } = await measureIn(bench, target, () =>
    clients.press({
      each: (bench.quick ? 0.1 : 1) * (pressesPerRun / sockets),
      firstSocket: 1,
      spreadMs: 0,
      round: String(round),
    }),
  );
  const called = calledBetween(before, await commandCounts(redis));
  expectOnly(pressed, 'sold_out');
  if (round === 0 || round > bench.runs) return;
  addRun(figures, [{ cpuMs, pressed }]);
  commands.push(((called.evalsha ?? 0) + (called.eval ?? 0)) / pressed.latenciesMs.length);
}
