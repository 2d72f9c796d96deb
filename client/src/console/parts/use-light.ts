import type { NodeStats } from '@flipzon/protocol/operator.ts';
import { useView } from '../../shop/use-view.ts';
import { type Light, lightOf } from '../history/light.ts';
import { useFigures } from './use-figures.ts';

/** The figures and the light; figures of another sale are ignored. */
export function useLight(): {
  light: Light;
  figures: NodeStats | null;
  ageMs: number;
  /** Since the orders were counted, which takes longer the more there are; null if unknown. */
  countedMs: number | null;
} {
  const { latest, aheadSeconds } = useFigures();
  const { second, saleId } = useView(({ serverMs, model }) => ({
    second: Math.floor(serverMs / 1000),
    saleId: model.sale?.id ?? null,
  }));
  const ageMs = latest === null ? 0 : Math.max(0, second * 1000 - Date.parse(latest.at));
  const figures = latest?.saleId === saleId ? latest : null;
  const countedAt = figures?.invariant?.at;
  const countedMs = countedAt === undefined ? null : Math.max(0, second * 1000 - Date.parse(countedAt));
  return { light: lightOf(figures, ageMs, aheadSeconds), figures, ageMs, countedMs };
}
