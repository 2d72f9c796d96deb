import { answerCalls } from '../environment/calls.ts';
import { type HttpPressPlan, pressHttp } from './press-http.ts';
import { type PressPlan, pressSockets } from './press-sockets.ts';
import { type ConnectPlan, Sockets } from './sockets.ts';
import { readStockWatch, watchStock } from './stock-watch.ts';

/** A process of clients: does what the benchmark asks, and reports the result. */

const sockets = new Sockets();

const tasks = {
  connect: (plan: ConnectPlan) => sockets.connect(plan),
  close: () => sockets.close(),
  press: (plan: PressPlan) => pressSockets(sockets.links, plan),
  /** One socket asks once; the whole answer, and when it was sent and came, in ns of the monotonic clock. */
  ask: async ({ socket, requestId }: { socket: number; requestId: string }) => {
    const sentAtNs = String(process.hrtime.bigint());
    const acked = await sockets.links[socket]?.ask('buy', { requestId }, 10_000);
    return { acked, sentAtNs };
  },
  pressHttp: (plan: HttpPressPlan) => pressHttp(plan),
  watchStock: (track: boolean) => watchStock(track ? sockets.links.length : null),
  stockSeen: () => ({ ...readStockWatch(), sockets: sockets.links.length }),
};

export type WorkerTasks = typeof tasks;

answerCalls(tasks);
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => process.exit());
process.send?.({ type: 'ready' });
