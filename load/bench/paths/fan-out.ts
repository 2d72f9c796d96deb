import { setTimeout as delay } from 'node:timers/promises';
import { Clients } from '../drive/clients.ts';
import { noGoal, type Row, ratioAtLeast, ratioAtMost, rowOf } from '../report/row.ts';
import { startOurs } from '../stage/ours.ts';
import { type Peer, startPeer } from '../stage/peer.ts';
import { type Plan, publishCounts } from '../stage/publish-counts.ts';
import type { Subject } from '../stage/subject.ts';
import { type Bench, interleaved, measureIn, type Path } from './path.ts';
import { untilQuiet } from './until-quiet.ts';

const idleMs = 2_000;
/** Tens of thousands of messages, until all that is hot has been compiled. */
const warmUpRuns = 2;

interface Lane {
  name: string;
  subject: Subject;
  /** Has the subject send so many counts to all its sockets. */
  send: (plan: Plan) => Promise<unknown>;
  clients: Clients;
  cpuSPer100k: number[];
  connectPerSecond: number[];
  connectCpuS: number[];
  bytesPerSocket: number[];
  usedPerSocket: number[];
}

/** Spectators come, watch, and get counts; the larger crowd also tells what coming and watching costs. */
function fanOutPath(sockets: number, ticks: number, everyMs: number, withConnecting: boolean): Path {
  return {
    name: `fan-out-${sockets}`,
    about: `${sockets.toLocaleString('en')} spectators and the count`,
    async run(bench) {
      const count = bench.quick ? sockets / 10 : sockets;
      await using undo = new AsyncDisposableStack();
      const { stage } = bench;
      const ours = undo.use(await startOurs(stage));
      await ours.openSale({ quantity: 1_000_000, perCustomer: 1 });
      const socketIo = undo.use(await startPeer(stage, 'socket-io-claim'));
      const ws = undo.use(await startPeer(stage, 'ws-claim'));
      const subjects = [
        ['flipzon', ours, (plan: Plan) => publishCounts(stage.redis, ours.saleId(), plan)],
        ['Socket.IO', socketIo, sendBy(socketIo)],
        ['ws', ws, sendBy(ws)],
      ] as const;
      const lanes: Lane[] = [];
      for (const [name, subject, send] of subjects) {
        const clients = undo.use(await Clients.start());
        const lane = {
          name,
          subject,
          send,
          clients,
          cpuSPer100k: [],
          connectPerSecond: [],
          connectCpuS: [],
          bytesPerSocket: [],
          usedPerSocket: [],
        };
        await connect(bench, lane, count);
        lanes.push(lane);
      }
      const plan = { ticks: bench.quick ? 4 : ticks, everyMs };
      // Of the larger crowd one run is hundreds of thousands of messages.
      const some = withConnecting ? { ...bench, runs: 1 } : bench;
      await interleaved(some, `fan-out-${sockets}`, lanes, async (lane, round) => {
        for (let again = round === 0 && !withConnecting ? warmUpRuns : 1; again > 0; again--)
          await fanOut(some, lane, round, plan);
      });
      return rowsOf(lanes as [Lane, Lane, Lane], count, withConnecting);
    },
  };
}

async function connect(bench: Bench, lane: Lane, count: number): Promise<void> {
  const { subject, clients } = lane;
  const [node] = subject.nodes;
  if (node === undefined) throw new Error('a subject without a process');
  // A first few, so that what is loaded and compiled once does not count for each.
  await clients.connect({ urls: subject.urls, count: 200, inFlight: 50 });
  const before = await node.call('memory', undefined);
  const { cpuMs, result } = await measureIn(bench, subject, () =>
    clients.connect({ urls: subject.urls, count, inFlight: 200 }),
  );
  await delay(idleMs);
  const after = await node.call('memory', undefined);
  lane.connectPerSecond.push((count / result.wallMs) * 1000);
  lane.connectCpuS.push((cpuMs / count) * 10);
  lane.bytesPerSocket.push((after.rssBytes - before.rssBytes) / count / 1024);
  lane.usedPerSocket.push((after.usedBytes - before.usedBytes) / count / 1024);
}

async function fanOut(bench: Bench, lane: Lane, round: number, plan: Plan): Promise<void> {
  const { subject, send, clients } = lane;
  await clients.watchStock();
  const { cpuMs, result: messages } = await measureIn(bench, subject, async () => {
    await send(plan);
    return untilQuiet(clients);
  });
  if (round > 0 && round <= bench.runs) lane.cpuSPer100k.push((cpuMs / messages) * 100);
}

function sendBy(peer: Peer): (plan: Plan) => Promise<unknown> {
  return async (plan) => peer.nodes[0]?.call('fanOut', plan);
}

function rowsOf([ours, socketIo, ws]: [Lane, Lane, Lane], sockets: number, withConnecting: boolean): Row[] {
  const path = `${sockets.toLocaleString('en')} spectators`;
  type Key = 'cpuSPer100k' | 'connectPerSecond' | 'connectCpuS' | 'bytesPerSocket' | 'usedPerSocket';
  const row = (figure: string, key: Key, peer: Lane, goal = noGoal) =>
    rowOf({ path, figure, ours: ours[key], peer: { name: peer.name, values: peer[key] }, goal });
  const fanOutRows = [
    row('fan-out, server CPU, s per 100,000 messages', 'cpuSPer100k', ws, ratioAtMost(1.1)),
    row('fan-out, server CPU, s per 100,000 messages', 'cpuSPer100k', socketIo),
  ];
  if (!withConnecting) return fanOutRows;
  return [
    ...fanOutRows,
    row('memory per idle socket, KB resident', 'bytesPerSocket', socketIo, ratioAtMost(1)),
    row('memory per idle socket, KB in use', 'usedPerSocket', socketIo),
    row('connections/s', 'connectPerSecond', socketIo, ratioAtLeast(0.95)),
    row('connecting, server CPU, s per 10,000', 'connectCpuS', socketIo),
  ];
}

export const fanOutPaths: readonly Path[] = [
  // As often as our server tells so many: it halves its pace when that takes a tenth of its time, and each message counts.
  fanOutPath(1_000, 40, 100, false),
  fanOutPath(10_000, 20, 500, true),
];
