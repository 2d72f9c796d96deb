import type { NodeStats } from '@flipzon/protocol/operator.ts';
import { useView } from '../../shop/use-view.ts';
import { type InvariantStatus, invariantStatusOf } from '../history/invariant-status.ts';
import { useNodeStats } from './use-node-stats.ts';

/** The stats and the status; stats of another sale are ignored. */
export function useInvariantStatus(): {
  status: InvariantStatus;
  stats: NodeStats | null;
  ageMs: number;
  /** Since the orders were counted, which takes longer the more there are; null if unknown. */
  countedMs: number | null;
} {
  const { latest, aheadSeconds } = useNodeStats();
  const { second, saleId } = useView(({ serverMs, model }) => ({
    second: Math.floor(serverMs / 1000),
    saleId: model.sale?.id ?? null,
  }));
  const ageMs = latest === null ? 0 : Math.max(0, second * 1000 - Date.parse(latest.at));
  const stats = latest?.saleId === saleId ? latest : null;
  const countedAt = stats?.invariant?.at;
  const countedMs = countedAt === undefined ? null : Math.max(0, second * 1000 - Date.parse(countedAt));
  return { status: invariantStatusOf(stats, ageMs, aheadSeconds), stats, ageMs, countedMs };
}
