import { Clients } from '../drive/clients.ts';
import { startBaseline } from '../environment/baseline.ts';
import { benchmarkClaims } from '../environment/benchmark-claims.ts';
import { startOurs } from '../environment/ours.ts';
import { noGoal, rowOf } from '../report/row.ts';
import { expectOnly } from './figures.ts';
import { interleaved, type Scenario } from './scenario.ts';

const claims = 20_000;
const buys = 5_000;
const connections = 50;

export const redisScenario: Scenario = {
  name: 'redis',
  about: 'claims that Redis alone decides, by redis-benchmark, beside buys through one node',
  async run(bench) {
    await using undo = new AsyncDisposableStack();
    const { environment } = bench;
    const baseline = undo.use(await startBaseline(environment, 'ws-claim'));
    const ours = undo.use(await startOurs(environment));
    const clients = undo.use(await Clients.start());
    const lanes = [
      {
        name: 'redis-benchmark',
        target: baseline,
        perSecond: [] as number[],
        round: async () => {
          await baseline.openSale({ quantity: claims, perCustomer: 1 });
          return benchmarkClaims(environment.redisAdminUrl, claims);
        },
      },
      {
        name: 'flipzon',
        target: ours,
        perSecond: [] as number[],
        round: async (round: number) => {
          await ours.openSale({ quantity: buys, perCustomer: 1 });
          await ours.holdWriter();
          const customers = { prefix: `r${round}`, secret: environment.jwtSecret };
          const pressed = await clients.pressHttp({
            urls: ours.urls,
            customers,
            count: buys,
            lanes: connections,
            spreadMs: 0,
          });
          await ours.dropHeld();
          expectOnly(pressed, 'claimed');
          return (buys / pressed.wallMs) * 1000;
        },
      },
    ] as const;
    await interleaved(bench, 'redis', lanes, async (lane, round) => {
      const perSecond = await lane.round(round);
      if (round > 0 && round <= bench.runs) lane.perSecond.push(perSecond);
    });
    const [alone, node] = lanes;
    return [
      rowOf({
        path: 'limit of Redis',
        figure: 'claims/s',
        ours: node.perSecond,
        baseline: { name: alone.name, values: alone.perSecond },
        goal: noGoal,
      }),
    ];
  },
};
