import { claimKeys } from '../baselines/claim-script.ts';
import { Clients } from '../drive/clients.ts';
import { startBaseline } from '../environment/baseline.ts';
import { benchmarkClaims } from '../environment/benchmark-claims.ts';
import { startOurs } from '../environment/ours.ts';
import { publishCounts } from '../environment/publish-counts.ts';
import { plotSvg } from '../report/plot.ts';
import { growthPrefix, noGoal, type Row, rowOf } from '../report/row.ts';
import { expectOnly } from './figures.ts';
import { type Bench, measureIn, type Scenario } from './scenario.ts';
import { untilQuiet } from './until-quiet.ts';

const kb = 1024;

/** What grows, at which sizes, and what is read off at each. */
interface Growth {
  name: string;
  about: string;
  along: string;
  sizes: readonly number[] | ((bench: Bench) => readonly number[]);
  figures: readonly { key: string; title: string }[];
  measure: (bench: Bench, size: number) => Promise<Record<string, number>>;
}

export function growthScenario({ name, about, along, sizes, figures, measure }: Growth): Scenario {
  return {
    name,
    about,
    async run(bench) {
      const found: { size: number; values: Record<string, number> }[] = [];
      const all = typeof sizes === 'function' ? sizes(bench) : sizes;
      for (const size of bench.quick ? all.slice(0, 1) : all) {
        await bench.environment.redis.flushall();
        found.push({ size, values: await measure(bench, size) });
        bench.progress(`${name}, ${size}: ${JSON.stringify(found.at(-1)?.values)}`);
      }
      return figures.flatMap(({ key, title }): Row[] => {
        const points = found.map(({ size, values }) => ({ x: size, y: values[key] ?? 0 }));
        bench.plots.set(
          `${name}-${key}.svg`,
          plotSvg({ title, x: along, y: '' }, [{ name: 'flipzon', points }]),
        );
        return points.map(({ x, y }) =>
          rowOf({
            path: `${growthPrefix}${x.toLocaleString('en')} ${x === 1 ? along.replace(/s$/, '') : along}`,
            figure: title,
            ours: [y],
            goal: noGoal,
          }),
        );
      });
    },
  };
}

/** Sockets that watch; the count goes to all of them. */
async function crowd(bench: Bench, sockets: number): Promise<Record<string, number>> {
  await using ours = await startOurs(bench.environment);
  await using clients = await Clients.start();
  await ours.openSale({ quantity: 1_000_000, perCustomer: 1 });
  const [node] = ours.nodes;
  const before = await node?.call('memory', undefined);
  await clients.connect({ urls: ours.urls, count: sockets, inFlight: 200 });
  const after = await node?.call('memory', undefined);
  await clients.watchStock();
  const { cpuMs, result } = await measureIn(bench, ours, async () => {
    await publishCounts(bench.environment.redis, ours.saleId(), { ticks: 10, everyMs: 500 });
    return untilQuiet(clients);
  });
  return {
    cpu: (cpuMs / result) * 100,
    memory: ((after?.rssBytes ?? 0) - (before?.rssBytes ?? 0)) / sockets / kb,
  };
}

/** The same buys over more nodes: what a buy costs must not grow with them. */
async function nodes(bench: Bench, count: number): Promise<Record<string, number>> {
  const buys = 4_000;
  await using ours = await startOurs(bench.environment, count);
  await using clients = await Clients.start();
  let cpuS = 0;
  let perSecond = 0;
  for (const round of ['warm', 'measured']) {
    await ours.openSale({ quantity: buys, perCustomer: 1 });
    await ours.holdWriter();
    const customers = { prefix: round, secret: bench.environment.jwtSecret };
    const { cpuMs, result } = await measureIn(bench, ours, () =>
      clients.pressHttp({ urls: ours.urls, customers, count: buys, lanes: 96, spreadMs: 0 }),
    );
    await ours.dropHeld();
    expectOnly(result, 'claimed');
    cpuS = (cpuMs / buys) * 10;
    perSecond = (buys / result.wallMs) * 1000;
  }
  return { cpu: cpuS, rate: perSecond };
}

/** Units sold, by the claim alone: what Redis keeps for each, and whether the claim gets slower. */
async function stock(bench: Bench, units: number): Promise<Record<string, number>> {
  const { redis, redisAdminUrl } = bench.environment;
  await using baseline = await startBaseline(bench.environment, 'ws-claim');
  await baseline.openSale({ quantity: units, perCustomer: 1 });
  const perSecond = await benchmarkClaims(redisAdminUrl, units);
  const sold = Number(await redis.hget(claimKeys[0] as string, 'seq'));
  const bytesOf = async (key: string | undefined) =>
    Number(await redis.memory('USAGE', key ?? '', 'SAMPLES', 1_000));
  return {
    rate: perSecond,
    holder: (await bytesOf(claimKeys[1])) / sold,
    outbox: (await bytesOf(claimKeys[4])) / sold,
  };
}

export const growthScenarios: readonly Scenario[] = [
  growthScenario({
    name: 'growth-sockets',
    about: 'what a count costs as the crowd grows',
    along: 'sockets',
    // As many as a process may have open on many machines, less what it has open besides.
    sizes: [1_000, 5_000, 10_000, 19_500],
    figures: [
      { key: 'cpu', title: 'fan-out, server CPU, s per 100,000 messages' },
      { key: 'memory', title: 'memory per idle socket, KB resident' },
    ],
    measure: crowd,
  }),
  growthScenario({
    name: 'growth-nodes',
    about: 'what a buy costs over more nodes',
    along: 'nodes',
    sizes: [1, 2, 4],
    figures: [
      { key: 'cpu', title: 'POST /buy, CPU of all nodes, s per 10,000' },
      { key: 'rate', title: 'POST /buy, buys/s' },
    ],
    measure: nodes,
  }),
  growthScenario({
    name: 'growth-stock',
    about: 'what Redis keeps and does as the stock grows',
    along: 'units',
    sizes: [1_000, 100_000, 1_000_000],
    figures: [
      { key: 'rate', title: 'claims/s that Redis decides' },
      { key: 'holder', title: 'bytes in Redis for each unit sold' },
      { key: 'outbox', title: 'bytes in Redis for each claim that MongoDB does not have yet' },
    ],
    measure: stock,
  }),
];
