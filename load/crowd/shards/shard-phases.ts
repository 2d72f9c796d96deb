import { time as timeSchema } from '@flipzon/protocol/schemas.ts';
import { localNowMs, measureOffsetMs } from '../../shared/clock.ts';
import { createRandom } from '../../shared/random.ts';
import { sleep } from '../../shared/sleep.ts';
import { buy, type Purchase } from '../customers/buyer.ts';
import { Latencies } from '../measure/latencies.ts';
import { increment, type TallyCounts } from '../measure/tally.ts';
import { planPress, pressingMs } from '../plan/shapes.ts';
import type { BoughtReport, ToChild, WatchedReport } from './messages.ts';
import { refreshStorm } from './refresh-storm.ts';
import type { Clients } from './shard-clients.ts';

const timeTimeoutMs = 5_000;
const settlePollMs = 50;

/** The nodes' clocks against ours, by node; through the socket where the shard has one there, else through `GET /status`. */
export async function measureOffsets(clients: Clients): Promise<Map<string, number>> {
  const offsets = new Map<string, number>();
  for (const [url, http] of clients.https) {
    const connection = clients.connections.get(url);
    const offsetMs = await measureOffsetMs(async () => {
      if (connection !== undefined) {
        const acked = await connection.ask('time', undefined, timeTimeoutMs);
        return acked.ok ? readTime(acked.payload) : null;
      }
      const answer = await http({ method: 'GET', path: '/status', timeoutMs: timeTimeoutMs });
      return answer.code === 'answered' ? readTime(answer.body) : null;
    });
    if (offsetMs !== null) offsets.set(url, offsetMs);
  }
  return offsets;
}

function readTime(payload: unknown): number | null {
  const time = timeSchema.safeParse(payload);
  return time.success ? Date.parse(time.data.serverTime) : null;
}

/** All buyers press as the shape has it; ends when each is answered, and settled where claimed. */
export async function runBuyers(
  clients: Clients,
  message: Extract<ToChild, { type: 'press' }>,
  offsetMs: number,
  seed: number,
  tally: TallyCounts,
): Promise<BoughtReport> {
  const latencies = new Latencies();
  const opensAtMs =
    message.opensAtServerMs === null ? localNowMs() + 300 : message.opensAtServerMs - offsetMs;
  const lastPressMs = pressingMs(message.shape, message.spreadMs);
  const deadlineAtMs = Math.max(localNowMs(), opensAtMs) + lastPressMs + message.timeoutMs;
  const random = createRandom(seed);
  let isOver = false;
  const storm =
    message.shape === 'refresh'
      ? refreshStorm(clients.watchers, clients.https, createRandom(seed - 1), tally, () => isOver)
      : Promise.resolve();
  const purchases: Purchase[] = await Promise.all(
    clients.buyers.map((buyer) => {
      const plan = planPress(message.shape, message.spreadMs, random, buyer.scalper);
      const pressing = { ...buyer, double: buyer.double && message.double };
      // Where several are allowed, further clicks would be further purchases.
      const clicksAfterMs = message.double ? plan.clicksAfterMs : [];
      const dueAtMs = opensAtMs + plan.atMs;
      const { saleId, skus } = message;
      const variant = skus.length === 0 ? undefined : skus[Math.floor(random() * skus.length)];
      const opening = { saleId, variant, opensAtMs, dueAtMs, clicksAfterMs, deadlineAtMs, offsetMs };
      return buy(pressing, opening, { latencies, tally });
    }),
  );
  isOver = true;
  await storm;
  return { type: 'bought', purchases, tally, latencies: latencies.encode() };
}

/** Waits, for a bounded time, until every spectator's last count is the true one; then says what they saw. */
export async function settleSpectators(
  clients: Clients,
  { saleId, remaining, timeoutMs }: Extract<ToChild, { type: 'settle' }>,
  tally: TallyCounts,
): Promise<WatchedReport> {
  const deadlineAtMs = localNowMs() + timeoutMs;
  const views = () => clients.watchers.map(({ spectator }) => spectator.view);
  const right = () => views().every((view) => view.saleId === saleId && view.remaining === remaining);
  while (!right() && localNowMs() < deadlineAtMs) await sleep(settlePollMs);

  const report: WatchedReport = {
    type: 'watched',
    spectators: clients.watchers.length,
    lastCounts: {},
    messages: 0,
    messagesPerSecondMax: 0,
    backwards: 0,
    reconnects: tally.reconnects,
  };
  for (const view of views()) {
    const known = view.saleId === saleId && view.remaining !== null;
    increment(report.lastCounts, known ? String(view.remaining) : 'none');
    if (view.saleId !== saleId) continue;
    report.messages += view.messages;
    report.messagesPerSecondMax = Math.max(report.messagesPerSecondMax, view.messagesPerSecondMax);
    report.backwards += view.backwards;
  }
  return report;
}
