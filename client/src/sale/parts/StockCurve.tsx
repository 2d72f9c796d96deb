import { useRef } from 'react';
import { useLanguage } from '../../text/language.ts';
import { Curve } from '../../ui/Curve.tsx';
import { curveEndMs } from '../curve-end.ts';
import { heldOrders } from '../orders.ts';
import type { StockSeen } from '../stock-watch.ts';
import { useStockSeen, useView } from '../use-view.ts';

/** What this page has seen go, and since when: the time before it was opened is not drawn. */
export function StockCurve() {
  const { texts, formats } = useLanguage();
  const live = useStockSeen();
  const kept = useRef<StockSeen>(live);
  const { holds, endMs, old, held } = useView((view) => ({
    holds: heldOrders(view.model).length > 0,
    endMs: curveEndMs(view),
    old: view.stale !== null || view.held !== null,
    held: view.held !== null,
  }));
  if (!held) {
    kept.current = live;
  }
  const { points } = kept.current;
  const [first] = points;
  if ((endMs === null || holds) && points.length < 2) {
    return null;
  }
  return (
    <figure className="[@media(max-height:44rem)]:max-lg:hidden">
      <Curve points={points} toMs={endMs} stale={old} className="h-14 sm:h-20 lg:h-24" />
      <figcaption className="mt-1.5 mb-3 min-h-4 text-xs text-muted">
        {first !== undefined && texts.curve.since(formats.secondTime(first.serverMs))}
      </figcaption>
    </figure>
  );
}
