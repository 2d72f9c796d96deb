import { Clients } from '../drive/clients.ts';
import type { Pressed } from '../drive/presses.ts';
import { startBaseline } from '../environment/baseline.ts';
import { startOurs } from '../environment/ours.ts';
import type { Target } from '../environment/target.ts';
import { exactly, noGoal, rowOf } from '../report/row.ts';
import { addRun, noFigures } from './figures.ts';
import { type Bench, interleaved, measureIn, type Scenario } from './scenario.ts';

const customers = 10_000;
/** Customers per unit. */
const demand = 10;
const pressMs = 1_000;
const connectionsOfExpress = 500;
/** With all of them the baseline would take minutes; the demand for each unit stays. */
const shareOfExpress = 1 / 20;

export const sellOutScenario: Scenario = {
  name: 'sell-out',
  about: '1,000 units and 10,000 customers who press within the same second, two nodes',
  async run(bench) {
    await using undo = new AsyncDisposableStack();
    const { environment } = bench;
    const count = bench.quick ? customers / 10 : customers;
    const units = count / demand;
    const who = { prefix: 's', secret: environment.jwtSecret };
    const ours = undo.use(await startOurs(environment, 2));
    const express = undo.use(await startBaseline(environment, 'express-lock-mongodb', { nodeCount: 2 }));
    const onSockets = undo.use(await Clients.start());
    await onSockets.connect({ urls: ours.urls, count, customers: who, inFlight: 100 });
    const onHttp = undo.use(await Clients.start());
    const lane = (
      name: string,
      target: Target,
      share: number,
      press: (round: number) => Promise<Pressed>,
    ) => ({
      name,
      target,
      units: units * share,
      press,
      figures: noFigures(),
      sold: [] as number[],
      lastMs: [] as number[],
    });
    const lanes = [
      lane('flipzon', ours, 1, (round) =>
        onSockets.press({ each: 1, spreadMs: pressMs, round: String(round) }),
      ),
      lane('express', express, shareOfExpress, (round) =>
        onHttp.pressHttp({
          urls: express.urls,
          customers: { ...who, prefix: `s${round}` },
          count: count * shareOfExpress,
          lanes: connectionsOfExpress,
          spreadMs: pressMs,
        }),
      ),
    ] as const;
    const runs = { ...bench, runs: Math.min(bench.runs, 2) } satisfies Bench;
    await interleaved(runs, 'sell-out', lanes, async (lane, round) => {
      const { target, press, figures, sold, lastMs } = lane;
      await target.openSale({ quantity: lane.units, perCustomer: 1 });
      const { cpuMs, result: pressed } = await measureIn(bench, target, () => press(round));
      await target.settled();
      if (round === 0 || round > bench.runs) return;
      addRun(figures, [{ cpuMs, pressed }]);
      sold.push(((pressed.codes.claimed ?? 0) / lane.units) * 100);
      lastMs.push(pressed.wallMs);
    });
    const [mine, theirs] = lanes;
    const path = `sell-out, ${count.toLocaleString('en')} press`;
    const row = (figure: string, of: (from: typeof mine) => number[], goal = noGoal) =>
      rowOf({
        path,
        figure,
        ours: of(mine),
        baseline: { name: `express, ${count * shareOfExpress} press`, values: of(theirs) },
        goal,
      });
    return [
      row('sold, % of the stock', ({ sold }) => sold, exactly(100)),
      row('p50, ms', ({ figures }) => figures.p50Ms),
      row('p99, ms', ({ figures }) => figures.p99Ms),
      row('last answer after, ms', ({ lastMs }) => lastMs),
      row('server CPU, s per 10,000', ({ figures }) => figures.cpuSPer10k),
    ];
  },
};
