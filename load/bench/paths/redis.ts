import { Clients } from '../drive/clients.ts';
import { noGoal, rowOf } from '../report/row.ts';
import { benchmarkClaims } from '../stage/benchmark-claims.ts';
import { startOurs } from '../stage/ours.ts';
import { startPeer } from '../stage/peer.ts';
import { expectOnly } from './figures.ts';
import { interleaved, type Path } from './path.ts';

const claims = 20_000;
const buys = 5_000;
const connections = 50;

export const redisPath: Path = {
  name: 'redis',
  about: 'claims that Redis alone decides, by redis-benchmark, beside buys through one node',
  async run(bench) {
    await using undo = new AsyncDisposableStack();
    const { stage } = bench;
    const peer = undo.use(await startPeer(stage, 'ws-claim'));
    const ours = undo.use(await startOurs(stage));
    const clients = undo.use(await Clients.start());
    const lanes = [
      {
        name: 'redis-benchmark',
        subject: peer,
        perSecond: [] as number[],
        round: async () => {
          await peer.openSale({ quantity: claims, perCustomer: 1 });
          return benchmarkClaims(stage.redisAdminUrl, claims);
        },
      },
      {
        name: 'flipzon',
        subject: ours,
        perSecond: [] as number[],
        round: async (round: number) => {
          await ours.openSale({ quantity: buys, perCustomer: 1 });
          await ours.holdWriter();
          const customers = { prefix: `r${round}`, secret: stage.jwtSecret };
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
        peer: { name: alone.name, values: alone.perSecond },
        goal: noGoal,
      }),
    ];
  },
};
