import { setTimeout as delay } from 'node:timers/promises';
import { Clients } from '../drive/clients.ts';
import { startOurs } from '../environment/ours.ts';
import { atMost, noGoal, rowOf } from '../report/row.ts';
import { expectOnly } from './figures.ts';
import { interleaved, measureIn, type Scenario } from './scenario.ts';

const units = 10_000;
const lookEveryMs = 20;

export const writerScenario: Scenario = {
  name: 'writer',
  about: '10,000 units bought as fast as they go; how long the orders take after the last claim',
  async run(bench) {
    await using undo = new AsyncDisposableStack();
    const count = bench.quick ? units / 10 : units;
    const ours = undo.use(await startOurs(bench.environment));
    const clients = undo.use(await Clients.start());
    const lane = {
      name: 'flipzon',
      target: ours,
      afterS: [] as number[],
      perSecond: [] as number[],
      backlog: [] as number[],
      cpuS: [] as number[],
    };
    await interleaved({ ...bench, runs: Math.min(bench.runs, 2) }, 'writer', [lane], async (_, round) => {
      await ours.openSale({ quantity: count, perCustomer: 1 });
      const customers = { prefix: `w${round}`, secret: bench.environment.jwtSecret };
      const { cpuMs, result } = await measureIn(bench, ours, async () => {
        const pressed = await clients.pressHttp({
          urls: ours.urls,
          customers,
          count,
          lanes: 100,
          spreadMs: 0,
        });
        expectOnly(pressed, 'claimed');
        const soldAtMs = performance.now();
        const backlog = await ours.backlog();
        while ((await ours.backlog()) > 0) await delay(lookEveryMs);
        return { pressed, backlog, afterMs: performance.now() - soldAtMs };
      });
      if (round === 0 || round > bench.runs) return;
      lane.afterS.push(result.afterMs / 1000);
      lane.perSecond.push((count / result.pressed.wallMs) * 1000);
      lane.backlog.push(result.backlog);
      lane.cpuS.push((cpuMs / count) * 10);
    });
    const path = 'order writer, 10,000 units';
    return [
      rowOf({ path, figure: 'backlog empty after sell-out, s', ours: lane.afterS, goal: atMost(2, ' s') }),
      rowOf({ path, figure: 'backlog at sell-out', ours: lane.backlog, goal: noGoal }),
      rowOf({ path, figure: 'claims/s meanwhile', ours: lane.perSecond, goal: noGoal }),
      rowOf({ path, figure: 'server CPU with claims, s per 10,000', ours: lane.cpuS, goal: noGoal }),
    ];
  },
};
