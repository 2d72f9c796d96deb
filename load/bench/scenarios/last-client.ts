import { setTimeout as delay } from 'node:timers/promises';
import { Clients } from '../drive/clients.ts';
import { startBaseline } from '../environment/baseline.ts';
import { type Ours, startOurs } from '../environment/ours.ts';
import type { Target } from '../environment/target.ts';
import { noGoal, rowOf } from '../report/row.ts';
import { median, percentile } from '../report/statistics.ts';
import { type Bench, interleaved, type Scenario } from './scenario.ts';

const spectators = 5_000;
const claimsPerRun = 40;
/** Claims stand alone: each count is on its way before the next claim. */
const betweenMs = 250;
const arriveMsMax = 10_000;
const tickMs = 50;

interface Lane {
  name: string;
  target: Target;
  ours: Ours | null;
  watching: Clients;
  buying: Clients;
  p50Ms: number[];
  p99Ms: number[];
}

export const lastClientScenario: Scenario = {
  name: 'last-client',
  about: 'from the press of a buy to the last of 5,000 spectators on two nodes who sees its count',
  async run(bench) {
    await using undo = new AsyncDisposableStack();
    const { environment } = bench;
    const count = bench.quick ? spectators / 10 : spectators;
    const open = async (name: string, target: Target, own: Ours | null): Promise<Lane> => {
      const watching = undo.use(await Clients.start());
      const buying = undo.use(await Clients.start(1));
      const customers = { prefix: 'l', secret: environment.jwtSecret };
      await watching.connect({ urls: target.urls, count, inFlight: 50 });
      await buying.connect({ urls: target.urls, count: claimsPerRun, customers, inFlight: 10 });
      return { name, target, ours: own, watching, buying, p50Ms: [], p99Ms: [] };
    };
    const server = undo.use(await startOurs(environment, 2));
    const ours = await open('flipzon', server, server);
    const floorBaseline = await startBaseline(environment, 'ws-claim', {
      nodeCount: 2,
      environment: { COUNT_ON_CLAIM: '1' },
    });
    const floor = await open('ws', undo.use(floorBaseline), null);
    await interleaved(bench, 'last-client', [ours, floor], (lane, round) => claims(bench, lane, round));
    const path = `press → last of ${count.toLocaleString('en')}`;
    const limitMs = median(floor.p99Ms) + tickMs;
    return [
      rowOf({
        path,
        figure: 'p99, ms',
        ours: ours.p99Ms,
        baseline: { name: floor.name, values: floor.p99Ms },
        goal: { text: 'baseline + one tick (50 ms)', holds: (ms) => ms <= limitMs },
      }),
      rowOf({
        path,
        figure: 'p50, ms',
        ours: ours.p50Ms,
        baseline: { name: floor.name, values: floor.p50Ms },
        goal: noGoal,
      }),
    ];
  },
};

async function claims(
  bench: Bench,
  { target, ours, watching, buying, p50Ms, p99Ms }: Lane,
  round: number,
): Promise<void> {
  await target.openSale({ quantity: 1_000, perCustomer: 1 });
  const firstSeq = ours?.firstSeq() ?? 0;
  await delay(betweenMs);
  await watching.watchStock(true);
  const [buyers] = buying.processes;
  const sentAtNs: bigint[] = [];
  for (let socket = 0; socket < claimsPerRun; socket++) {
    const asked = await buyers?.call('ask', { socket, requestId: `l-${round}` });
    sentAtNs.push(BigInt(asked?.sentAtNs ?? 0));
    await delay(betweenMs);
  }
  const deadlineMs = performance.now() + arriveMsMax;
  let reached = new Map<number, bigint>();
  while (reached.size < claimsPerRun && performance.now() < deadlineMs) {
    await delay(betweenMs);
    reached = await watching.reachedAllAtNs();
  }
  const latenciesMs = sentAtNs.flatMap((sent, i) => {
    const atNs = reached.get(firstSeq + i + 1);
    return atNs === undefined ? [] : [Number(atNs - sent) / 1e6];
  });
  if (latenciesMs.length < claimsPerRun / 2)
    throw new Error(`only ${latenciesMs.length} counts reached everybody`);
  if (round === 0 || round > bench.runs) return;
  p50Ms.push(percentile(latenciesMs, 50));
  p99Ms.push(percentile(latenciesMs, 99));
}
