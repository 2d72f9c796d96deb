import { localNowMs } from '../shared/clock.ts';
import type { Options } from './plan/arguments.ts';
import type { SalePlan } from './plan/sale-plan.ts';
import { pressingMs } from './plan/shapes.ts';
import { showProgress } from './progress.ts';
import type { BoughtReport } from './shards/messages.ts';
import type { Processes } from './shards/processes.ts';

export type CrowdBought =
  | { ok: true; reports: BoughtReport[]; buyingMs: number }
  | { ok: false; message: string };

/** How long the children may take to report, beyond the time they were given. */
const graceMs = 30_000;

/** All shoppers press at the opening; `buyingMs` runs from there until the last is answered, and every claim confirmed. */
export async function letBuy(
  options: Options,
  processes: Processes,
  { sale, opensAtServerMs }: Extract<SalePlan, { ok: true }>,
  offsetMs: number,
): Promise<CrowdBought> {
  const opensAtMs = opensAtServerMs === null ? localNowMs() : opensAtServerMs - offsetMs;
  const waitMs = Math.max(0, opensAtMs - localNowMs());
  const timeoutMs = options.timeoutS * 1000;
  const progress = showProgress('buying', options.buyers, () => {
    const { answered, claimed, confirmed } = processes.progress();
    const leftS = Math.ceil((opensAtMs - localNowMs()) / 1000);
    const note = leftS > 0 ? `opens in ${leftS} s` : `claimed ${claimed}, confirmed ${confirmed}`;
    return { value: answered, note };
  });
  const bought = await processes.run(
    () => ({
      type: 'press',
      saleId: sale.id,
      skus: sale.variants?.map(({ sku }) => sku) ?? [],
      opensAtServerMs,
      shape: options.shape,
      spreadMs: options.spreadMs,
      timeoutMs,
      // Where several are allowed, a second press is no double click but another purchase.
      double: sale.perCustomer === 1,
    }),
    'bought',
    waitMs + pressingMs(options.shape, options.spreadMs) + timeoutMs + graceMs,
  );
  progress.stop();
  if (!bought.ok) return { ok: false, message: `Buying: ${bought.message}.` };
  return { ok: true, reports: bought.reports, buyingMs: localNowMs() - opensAtMs };
}
