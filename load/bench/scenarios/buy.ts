import { setTimeout as delay } from 'node:timers/promises';
import { Clients } from '../drive/clients.ts';
import { startBaseline } from '../environment/baseline.ts';
import { type Ours, startOurs } from '../environment/ours.ts';
import type { Target } from '../environment/target.ts';
import { noGoal, ratioAtMost, rowOf } from '../report/row.ts';
import { addRun, type BuyFigures, expectOnly, noFigures } from './figures.ts';
import { type Bench, interleaved, measureIn, type Scenario } from './scenario.ts';

/** Few sockets that buy much: with many, the live count that only ours sends them would be part of the figure. */
const sockets = 60;
const perCustomer = 10;
const salesPerRun = 4;
const quietMs = 300;
/** Thousands of buys, until all that is hot has been compiled. */
const warmUpRuns = 3;
/** Writing them takes a private MongoDB so long that fewer must do. */
const salesWrittenPerRun = 2;

interface Lane {
  name: string;
  target: Target;
  hold: Ours | null;
  sales: number;
  clients: Clients;
  figures: BuyFigures;
}

export const buyScenario: Scenario = {
  name: 'buy',
  about: 'a buy over Socket.IO with its acknowledgement; everything switched on',
  async run(bench) {
    await using undo = new AsyncDisposableStack();
    const lanes = await openLanes(bench, undo);
    await interleaved(bench, 'buy', lanes, async (lane, round) => {
      const rounds = [];
      for (
        let sale = 0;
        sale < (bench.quick ? 2 : round === 0 ? warmUpRuns * lane.sales : lane.sales);
        sale++
      )
        rounds.push(await sellOut(bench, lane, `${round}-${sale}`));
      if (round > 0 && round <= bench.runs) addRun(lane.figures, rounds);
    });
    const [claim, written, socketIo, ws] = lanes.map(({ figures }) => figures) as [
      BuyFigures,
      BuyFigures,
      BuyFigures,
      BuyFigures,
    ];
    const path = 'buy with ack';
    const row = (figure: string, key: keyof BuyFigures, goal = noGoal, mine = claim) =>
      rowOf({ path, figure, ours: mine[key], baseline: { name: 'Socket.IO', values: socketIo[key] }, goal });
    return [
      row('server CPU, s per 10,000', 'cpuSPer10k', ratioAtMost(1.1)),
      rowOf({
        path,
        figure: 'server CPU, s per 10,000',
        ours: claim.cpuSPer10k,
        baseline: { name: 'ws', values: ws.cpuSPer10k },
        goal: noGoal,
      }),
      row(
        'server CPU with the order written and its customer notified, s per 10,000',
        'cpuSPer10k',
        noGoal,
        written,
      ),
      row('p99, ms', 'p99Ms', ratioAtMost(1)),
      row('p50, ms', 'p50Ms'),
      row('buys/s', 'perSecond'),
    ];
  },
};

/** Our own server with its orders held back, the same with them written and their customers notified, and the baselines. */
async function openLanes(bench: Bench, undo: AsyncDisposableStack): Promise<Lane[]> {
  const { environment } = bench;
  const ours = undo.use(await startOurs(environment));
  const socketIo = undo.use(await startBaseline(environment, 'socket-io-claim'));
  const ws = undo.use(await startBaseline(environment, 'ws-claim'));
  const lanes: Lane[] = [];
  const openLane = async (name: string, target: Target, hold: Ours | null) => {
    const clients = undo.use(await Clients.start());
    const customers = { prefix: name, secret: environment.jwtSecret };
    await clients.connect({ urls: target.urls, count: sockets, customers, inFlight: 20 });
    const sales = hold === null && target === ours ? salesWrittenPerRun : salesPerRun;
    lanes.push({ name, target, hold, sales, clients, figures: noFigures() });
  };
  await openLane('claim', ours, ours);
  await openLane('claim-and-order', ours, null);
  await openLane('socket.io', socketIo, null);
  await openLane('ws', ws, null);
  return lanes;
}

async function sellOut(bench: Bench, { target, hold, clients }: Lane, round: string) {
  await target.openSale({ quantity: sockets * perCustomer, perCustomer });
  await hold?.holdWriter();
  // By then the work that an opening causes is done; it is not part of a buy.
  await delay(quietMs);
  const { cpuMs, result: pressed } = await measureIn(bench, target, async () => {
    const result = await clients.press({ each: perCustomer, atOnce: true, spreadMs: 0, round });
    if (hold === null) await target.settled();
    return result;
  });
  await hold?.dropHeld();
  expectOnly(pressed, 'claimed');
  return { cpuMs, pressed };
}
