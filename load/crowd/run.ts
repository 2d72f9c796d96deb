import { localNowMs } from '../shared/clock.ts';
import { agreedSales, settledAudit } from '../shared/shop.ts';
import { connectCrowd } from './connect-crowd.ts';
import { letBuy } from './let-buy.ts';
import type { Options } from './plan/arguments.ts';
import { prepare } from './plan/prepare.ts';
import { joinSale, scheduleSale } from './plan/sale-plan.ts';
import { countScalpers, machine, mergeBought, mergeWatched, type Result } from './report/result.ts';
import { judge } from './report/verdict.ts';
import type { Processes } from './shards/processes.ts';

export type Ran = { ok: true; result: Result } | { ok: false; message: string };

const settleMs = 10_000;
const watchedMs = 20_000;
const auditMs = 15_000;

/** One run of the crowd, from the first connection to the verdict; not `ok` when it cannot be carried out. */
export async function run(options: Options, processes: Processes, env: NodeJS.ProcessEnv): Promise<Ran> {
  const startedAt = new Date().toISOString();
  const prepared = await prepare(options, env);
  if (!prepared.ok) return prepared;
  const { shops, operatorToken } = prepared;

  const crowd = await connectCrowd(options, processes, prepared.secret);
  if (!crowd.ok) return crowd;

  const plan =
    options.sale === 'new'
      ? await scheduleSale(shops[0], operatorToken, options, localNowMs() + crowd.offsetMs)
      : await joinSale(shops[0], options.timeoutS * 1000);
  if (!plan.ok) return plan;
  const saleId = plan.sale.id;

  const bought = await letBuy(options, processes, plan, crowd.offsetMs);
  if (!bought.ok) return bought;

  const sales = await agreedSales(shops, settleMs);
  const remaining = sales[0]?.remaining ?? -1;
  const watched = await processes.run(
    () => ({ type: 'settle', saleId, remaining, timeoutMs: settleMs }),
    'watched',
    watchedMs,
  );
  if (!watched.ok) return { ok: false, message: `Watching: ${watched.message}.` };
  const audit = await settledAudit(shops[0], operatorToken, saleId, auditMs);

  const { tally, latencies, purchases } = mergeBought(bought.reports);
  const spectators = mergeWatched(watched.reports);
  const { buyers } = options;
  const verdict = judge({
    saleId,
    sales,
    buyers,
    purchases,
    watched: spectators,
    spectators: options.spectators,
    audit,
  });
  const { secretFile: _secretFile, json: _json, ...shown } = options;
  return {
    ok: true,
    result: {
      startedAt,
      machine: machine(),
      options: shown,
      saleId,
      connectMs: crowd.connectMs,
      connectsPerSecond: (crowd.inside / crowd.connectMs) * 1000,
      buyingMs: bought.buyingMs,
      tally,
      latencies,
      scalpers: countScalpers(purchases),
      spectators: { ...spectators, messagesPerSpectatorPerSecond: perSecond(spectators, bought.buyingMs) },
      verdict,
      holds: verdict.every(({ holds }) => holds),
    },
  };
}

function perSecond({ messages, spectators }: { messages: number; spectators: number }, ms: number): number {
  return spectators === 0 ? 0 : messages / spectators / (ms / 1000);
}
