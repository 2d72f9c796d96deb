import { Clients } from '../drive/clients.ts';
import { startBaseline } from '../environment/baseline.ts';
import { type Ours, startOurs } from '../environment/ours.ts';
import type { Target } from '../environment/target.ts';
import { atMost, noGoal, ratioAtMost, rowOf } from '../report/row.ts';
import { expectOnly } from './figures.ts';
import { type Bench, interleaved, measureIn, type Scenario } from './scenario.ts';
import { untilQuiet } from './until-quiet.ts';

const spectators = 1_000;
const buyers = 100;
const perCustomer = 10;
/** Long enough that the limit of counts a second can show. */
const spreadMs = 2_000;

interface Lane {
  name: string;
  target: Target;
  hold: Ours | null;
  watching: Clients;
  buying: Clients;
  messages: number[];
  perSecond: number[];
  cpuS: number[];
}

export const messagesScenario: Scenario = {
  name: 'messages',
  about: '1,000 units sold within two seconds before 1,000 spectators',
  async run(bench) {
    await using undo = new AsyncDisposableStack();
    const { environment } = bench;
    const open = async (name: string, target: Target, hold: Ours | null): Promise<Lane> => {
      const watching = undo.use(await Clients.start());
      const buying = undo.use(await Clients.start(1));
      const customers = { prefix: 'm', secret: environment.jwtSecret };
      await watching.connect({ urls: target.urls, count: spectators, inFlight: 50 });
      await buying.connect({ urls: target.urls, count: buyers, customers, inFlight: 50 });
      return { name, target, hold, watching, buying, messages: [], perSecond: [], cpuS: [] };
    };
    const server = undo.use(await startOurs(environment));
    const ours = await open('flipzon', server, server);
    const naive = await open('naive count', undo.use(await startBaseline(environment, 'naive-count')), null);
    // The baseline is so slow that more would take too long.
    const once = { ...bench, runs: 1 } satisfies Bench;
    await interleaved(once, 'messages', [ours, naive], (lane, round) => sellOut(once, lane, round));
    const path = 'sell-out of 1,000 units';
    const baseline = (values: number[]) => ({ name: naive.name, values });
    return [
      rowOf({
        path,
        figure: 'server CPU, s',
        ours: ours.cpuS,
        baseline: baseline(naive.cpuS),
        goal: ratioAtMost(0.05),
      }),
      rowOf({
        path,
        figure: 'counts per second and client',
        ours: ours.perSecond,
        baseline: baseline(naive.perSecond),
        goal: atMost(20),
      }),
      rowOf({
        path,
        figure: 'counts per client',
        ours: ours.messages,
        baseline: baseline(naive.messages),
        goal: noGoal,
      }),
    ];
  },
};

async function sellOut(bench: Bench, lane: Lane, round: number): Promise<void> {
  const { target, hold, watching, buying } = lane;
  await target.openSale({ quantity: buyers * perCustomer, perCustomer });
  // The baseline writes no orders either.
  await hold?.holdWriter();
  await watching.watchStock();
  const { cpuMs, wallMs, result } = await measureIn(bench, target, async () => {
    const pressed = await buying.press({ each: perCustomer, spreadMs, round: String(round) });
    expectOnly(pressed, 'claimed');
    return untilQuiet(watching);
  });
  await hold?.dropHeld();
  if (round === 0 || round > bench.runs) return;
  lane.cpuS.push(cpuMs / 1000);
  lane.messages.push(result / spectators);
  lane.perSecond.push(result / spectators / (wallMs / 1000));
}
