import { Clients } from '../drive/clients.ts';
import { atMost, noGoal, ratioAtMost, rowOf } from '../report/row.ts';
import { type Ours, startOurs } from '../stage/ours.ts';
import { startPeer } from '../stage/peer.ts';
import type { Subject } from '../stage/subject.ts';
import { expectOnly } from './figures.ts';
import { type Bench, interleaved, measureIn, type Path } from './path.ts';
import { untilQuiet } from './until-quiet.ts';

const spectators = 1_000;
const buyers = 100;
const perCustomer = 10;
/** Long enough that the limit of counts a second can show. */
const spreadMs = 2_000;

interface Lane {
  name: string;
  subject: Subject;
  hold: Ours | null;
  watching: Clients;
  buying: Clients;
  messages: number[];
  perSecond: number[];
  cpuS: number[];
}

export const messagesPath: Path = {
  name: 'messages',
  about: '1,000 units sold within two seconds before 1,000 spectators',
  async run(bench) {
    await using undo = new AsyncDisposableStack();
    const { stage } = bench;
    const open = async (name: string, subject: Subject, hold: Ours | null): Promise<Lane> => {
      const watching = undo.use(await Clients.start());
      const buying = undo.use(await Clients.start(1));
      const customers = { prefix: 'm', secret: stage.jwtSecret };
      await watching.connect({ urls: subject.urls, count: spectators, inFlight: 50 });
      await buying.connect({ urls: subject.urls, count: buyers, customers, inFlight: 50 });
      return { name, subject, hold, watching, buying, messages: [], perSecond: [], cpuS: [] };
    };
    const server = undo.use(await startOurs(stage));
    const ours = await open('flipzon', server, server);
    const naive = await open('naive count', undo.use(await startPeer(stage, 'naive-count')), null);
    // The peer is so slow that more would take too long.
    const once = { ...bench, runs: 1 } satisfies Bench;
    await interleaved(once, 'messages', [ours, naive], (lane, round) => sellOut(once, lane, round));
    const path = 'sell-out of 1,000 units';
    const peer = (values: number[]) => ({ name: naive.name, values });
    return [
      rowOf({
        path,
        figure: 'server CPU, s',
        ours: ours.cpuS,
        peer: peer(naive.cpuS),
        goal: ratioAtMost(0.05),
      }),
      rowOf({
        path,
        figure: 'counts per second and client',
        ours: ours.perSecond,
        peer: peer(naive.perSecond),
        goal: atMost(20),
      }),
      rowOf({
        path,
        figure: 'counts per client',
        ours: ours.messages,
        peer: peer(naive.messages),
        goal: noGoal,
      }),
    ];
  },
};

async function sellOut(bench: Bench, lane: Lane, round: number): Promise<void> {
  const { subject, hold, watching, buying } = lane;
  await subject.openSale({ quantity: buyers * perCustomer, perCustomer });
  // The peer writes no orders either.
  await hold?.holdWriter();
  await watching.watchStock();
  const { cpuMs, wallMs, result } = await measureIn(bench, subject, async () => {
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
