import { setTimeout as delay } from 'node:timers/promises';
import { Clients } from '../drive/clients.ts';
import { type Baseline, startBaseline } from '../environment/baseline.ts';
import { startOurs } from '../environment/ours.ts';
import { type Plan, publishCounts } from '../environment/publish-counts.ts';
import type { Target } from '../environment/target.ts';
import { noGoal, type Row, ratioAtLeast, ratioAtMost, rowOf } from '../report/row.ts';
import { type Bench, interleaved, measureIn, type Scenario } from './scenario.ts';
import { untilQuiet } from './until-quiet.ts';

const idleMs = 2_000;
/** Tens of thousands of messages, until all that is hot has been compiled. */
const warmUpRuns = 2;

interface Lane {
  name: string;
  target: Target;
  /** Has the target send so many counts to all its sockets. */
  send: (plan: Plan) => Promise<unknown>;
  clients: Clients;
  cpuSPer100k: number[];
  connectPerSecond: number[];
  connectCpuS: number[];
  bytesPerSocket: number[];
  usedPerSocket: number[];
}

/** Spectators come, watch, and get counts; the larger crowd also shows what connecting and watching cost. */
function fanOutScenario(sockets: number, ticks: number, everyMs: number, withConnecting: boolean): Scenario {
  return {
    name: `fan-out-${sockets}`,
    about: `${sockets.toLocaleString('en')} spectators and the count`,
    async run(bench) {
      const count = bench.quick ? sockets / 10 : sockets;
      await using undo = new AsyncDisposableStack();
      const { environment } = bench;
      const ours = undo.use(await startOurs(environment));
      await ours.openSale({ quantity: 1_000_000, perCustomer: 1 });
      const socketIo = undo.use(await startBaseline(environment, 'socket-io-claim'));
      const ws = undo.use(await startBaseline(environment, 'ws-claim'));
      const targets = [
        ['flipzon', ours, (plan: Plan) => publishCounts(environment.redis, ours.saleId(), plan)],
        ['Socket.IO', socketIo, sendBy(socketIo)],
        ['ws', ws, sendBy(ws)],
      ] as const;
      const lanes: Lane[] = [];
      for (const [name, target, send] of targets) {
        const clients = undo.use(await Clients.start());
        const lane = {
          name,
          target,
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
  const { target, clients } = lane;
  const [node] = target.nodes;
  if (node === undefined) throw new Error('a target without a process');
  // A first few, so that what is loaded and compiled once does not count for each.
  await clients.connect({ urls: target.urls, count: 200, inFlight: 50 });
  const before = await node.call('memory', undefined);
  const { cpuMs, result } = await measureIn(bench, target, () =>
    clients.connect({ urls: target.urls, count, inFlight: 200 }),
  );
  await delay(idleMs);
  const after = await node.call('memory', undefined);
  lane.connectPerSecond.push((count / result.wallMs) * 1000);
  lane.connectCpuS.push((cpuMs / count) * 10);
  lane.bytesPerSocket.push((after.rssBytes - before.rssBytes) / count / 1024);
  lane.usedPerSocket.push((after.usedBytes - before.usedBytes) / count / 1024);
}

async function fanOut(bench: Bench, lane: Lane, round: number, plan: Plan): Promise<void> {
  const { target, send, clients } = lane;
  await clients.watchStock();
  const { cpuMs, result: messages } = await measureIn(bench, target, async () => {
    await send(plan);
    return untilQuiet(clients);
  });
  if (round > 0 && round <= bench.runs) lane.cpuSPer100k.push((cpuMs / messages) * 100);
}

function sendBy(baseline: Baseline): (plan: Plan) => Promise<unknown> {
  return async (plan) => baseline.nodes[0]?.call('fanOut', plan);
}

function rowsOf([ours, socketIo, ws]: [Lane, Lane, Lane], sockets: number, withConnecting: boolean): Row[] {
  const path = `${sockets.toLocaleString('en')} spectators`;
  type Key = 'cpuSPer100k' | 'connectPerSecond' | 'connectCpuS' | 'bytesPerSocket' | 'usedPerSocket';
  const row = (figure: string, key: Key, baseline: Lane, goal = noGoal) =>
    rowOf({ path, figure, ours: ours[key], baseline: { name: baseline.name, values: baseline[key] }, goal });
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

export const fanOutScenarios: readonly Scenario[] = [
  // As often as our server sends counts to so many: it halves its pace when sending takes a tenth of its time, and each message is counted.
  fanOutScenario(1_000, 40, 100, false),
  fanOutScenario(10_000, 20, 500, true),
];
