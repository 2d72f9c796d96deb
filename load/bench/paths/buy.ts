import { setTimeout as delay } from 'node:timers/promises';
import { Clients } from '../drive/clients.ts';
import { noGoal, ratioAtMost, rowOf } from '../report/row.ts';
import { type Ours, startOurs } from '../stage/ours.ts';
import { startPeer } from '../stage/peer.ts';
import type { Subject } from '../stage/subject.ts';
import { addRun, type BuyFigures, expectOnly, noFigures } from './figures.ts';
import { type Bench, interleaved, measureIn, type Path } from './path.ts';

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
  subject: Subject;
  hold: Ours | null;
  sales: number;
  clients: Clients;
  figures: BuyFigures;
}

export const buyPath: Path = {
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
      rowOf({ path, figure, ours: mine[key], peer: { name: 'Socket.IO', values: socketIo[key] }, goal });
    return [
      row('server CPU, s per 10,000', 'cpuSPer10k', ratioAtMost(1.1)),
      rowOf({
        path,
        figure: 'server CPU, s per 10,000',
        ours: claim.cpuSPer10k,
        peer: { name: 'ws', values: ws.cpuSPer10k },
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

/** Our own server with its orders held back, the same with them written and their customers notified, and the peers. */
async function openLanes(bench: Bench, undo: AsyncDisposableStack): Promise<Lane[]> {
  const { stage } = bench;
  const ours = undo.use(await startOurs(stage));
  const socketIo = undo.use(await startPeer(stage, 'socket-io-claim'));
  const ws = undo.use(await startPeer(stage, 'ws-claim'));
  const lanes: Lane[] = [];
  const openLane = async (name: string, subject: Subject, hold: Ours | null) => {
    const clients = undo.use(await Clients.start());
    const customers = { prefix: name, secret: stage.jwtSecret };
    await clients.connect({ urls: subject.urls, count: sockets, customers, inFlight: 20 });
    const sales = hold === null && subject === ours ? salesWrittenPerRun : salesPerRun;
    lanes.push({ name, subject, hold, sales, clients, figures: noFigures() });
  };
  await openLane('claim', ours, ours);
  await openLane('claim-and-order', ours, null);
  await openLane('socket.io', socketIo, null);
  await openLane('ws', ws, null);
  return lanes;
}

async function sellOut(bench: Bench, { subject, hold, clients }: Lane, round: string) {
  await subject.openSale({ quantity: sockets * perCustomer, perCustomer });
  await hold?.holdWriter();
  // What the opening of a sale sets off is over by then, and not part of a buy.
  await delay(quietMs);
  const { cpuMs, result: pressed } = await measureIn(bench, subject, async () => {
    const result = await clients.press({ each: perCustomer, atOnce: true, spreadMs: 0, round });
    if (hold === null) await subject.settled();
    return result;
  });
  await hold?.dropHeld();
  expectOnly(pressed, 'claimed');
  return { cpuMs, pressed };
}
