import { recentUnitsMax } from '@flipzon/protocol/schemas.ts';
import type { RecentUnitsValue } from '../src/board/watch-recent-units.ts';
import type { StockSeen } from '../src/shop/live/stock-watch.ts';
import { startsAtMs } from '../src/shop/model/derive-phase.ts';
import type { View } from '../src/shop/model/view.ts';

/** A curve for the gallery, from the opening to the count of the state: an S, as sales go. */
export function seenOf(view: View): StockSeen {
  const { sale } = view.model;
  if (sale === null || view.phase === 'scheduled' || view.phase === 'countdown') {
    return { points: [], changes: [] };
  }
  const startMs = startsAtMs(sale);
  const endMs = Math.min(view.serverMs, startMs + 9000);
  const steps = 60;
  const gone = sale.quantity - view.remaining;
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const share = step / steps;
    const sold = gone * (1 - (1 - share) ** 2.2);
    return { serverMs: startMs + share * (endMs - startMs), remaining: Math.round(sale.quantity - sold) };
  });
  const changes = Array.from({ length: 9 }, (_, second) => ({
    secondMs: startMs + second * 1000,
    gone: Math.round((gone / 45) * (9 - second)),
    back: second === 6 ? 1 : 0,
  }));
  return { points, changes };
}

/** The last units of the state, a few tenths of a second apart. */
export function recentUnitsOf(view: View): RecentUnitsValue {
  const { sale } = view.model;
  const last = sale === null ? 0 : sale.quantity - view.remaining;
  const units = Array.from({ length: Math.min(last, recentUnitsMax) }, (_, index) => ({
    unit: last - index,
    at: new Date(view.serverMs - index * 300).toISOString(),
  }));
  const recent = sale && { saleId: sale.id, units };
  return { get: () => recent, subscribe: () => () => undefined };
}
