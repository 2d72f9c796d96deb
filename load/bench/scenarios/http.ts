import { setTimeout as delay } from 'node:timers/promises';
import { Clients } from '../drive/clients.ts';
import type { Pressed } from '../drive/presses.ts';
import { startBaseline } from '../environment/baseline.ts';
import { type Ours, startOurs } from '../environment/ours.ts';
import type { Target } from '../environment/target.ts';
import { atMost, noGoal, ratioAtLeast, ratioAtMost, rowOf } from '../report/row.ts';
import { addRun, type BuyFigures, expectOnly, noFigures } from './figures.ts';
import { type Bench, interleaved, measureIn, type Scenario } from './scenario.ts';

/** Enough that the hot code is compiled after the first run. */
const buysPerRun = 20_000;
/** By then the work that an opening causes, and the sealing of the previous sale, are done; they are not part of a buy. */
const quietMs = 2_000;
/** The baseline that waits for MongoDB is so slow that a few buys show as much. */
const buysOfExpress = 200;
const connections = 100;

interface Lane {
  name: string;
  target: Target;
  hold: Ours | null;
  clients: Clients;
  figures: BuyFigures;
  oversold: number[];
}

export const httpScenario: Scenario = {
  name: 'http',
  about: 'POST /buy over kept connections, each buy by another customer',
  async run(bench) {
    await using undo = new AsyncDisposableStack();
    const { environment } = bench;
    const ours = undo.use(await startOurs(environment));
    const open = async (name: string, target: Target, hold: Ours | null): Promise<Lane> => ({
      name,
      target,
      hold,
      clients: undo.use(await Clients.start()),
      figures: noFigures(),
      oversold: [],
    });
    const lanes = [
      await open('claim', ours, ours),
      await open('node:http', undo.use(await startBaseline(environment, 'http-claim')), null),
      await open('express', undo.use(await startBaseline(environment, 'express-lock-mongodb')), null),
    ] as const;
    await interleaved(bench, 'http', lanes, (lane, round) => buy(bench, lane, round));
    const [claim, http, express] = lanes;
    const path = 'POST /buy';
    const row = (figure: string, key: keyof BuyFigures, baseline: Lane, goal = noGoal) =>
      rowOf({
        path,
        figure,
        ours: claim.figures[key],
        baseline: { name: baseline.name, values: baseline.figures[key] },
        goal,
      });
    return [
      row('server CPU, s per 10,000', 'cpuSPer10k', http, ratioAtMost(1.3)),
      row('p99, ms', 'p99Ms', http),
      row('buys/s', 'perSecond', http),
      row('buys/s', 'perSecond', express, ratioAtLeast(10)),
      row('server CPU, s per 10,000', 'cpuSPer10k', express),
      rowOf({
        path,
        figure: 'sold beyond the stock, % of it',
        ours: claim.oversold,
        baseline: { name: express.name, values: express.oversold },
        goal: atMost(0),
      }),
    ];
  },
};

/** Units for all; our server's orders are held back, as in the path over Socket.IO. */
async function buy(bench: Bench, lane: Lane, round: number): Promise<void> {
  const count = Math.ceil((lane.name === 'express' ? buysOfExpress : buysPerRun) * (bench.quick ? 0.1 : 1));
  await lane.target.openSale({ quantity: count, perCustomer: 1 });
  await lane.hold?.holdWriter();
  if (lane.hold !== null) await delay(quietMs);
  const { cpuMs, result: pressed } = await measureIn(bench, lane.target, () =>
    press(bench, lane, count, `h${round}`),
  );
  await lane.hold?.dropHeld();
  if (lane.name !== 'express') expectOnly(pressed, 'claimed');
  if (round === 0 || round > bench.runs) return;
  addRun(lane.figures, [{ cpuMs, pressed }]);
  lane.oversold.push(await oversell(bench, lane, round));
}

function press(bench: Bench, { target, clients }: Lane, count: number, prefix: string): Promise<Pressed> {
  const customers = { prefix, secret: bench.environment.jwtSecret };
  return clients.pressHttp({ urls: target.urls, customers, count, lanes: connections, spreadMs: 0 });
}

/** A separate sale with few units for many: how many units beyond the stock were sold, in percent of it. */
async function oversell(bench: Bench, lane: Lane, round: number): Promise<number> {
  const units = 50;
  await lane.target.openSale({ quantity: units, perCustomer: 1 });
  const { codes } = await press(bench, lane, 4 * units, `o${round}`);
  await lane.target.settled();
  return (Math.max(0, (codes.claimed ?? 0) - units) / units) * 100;
}
