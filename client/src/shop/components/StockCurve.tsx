import { useLanguage } from '../../text/language.ts';
import { Curve } from '../../ui/Curve.tsx';
import { curveEndMs } from '../model/curve-end.ts';
import { heldOrders } from '../model/orders.ts';
import { hasChanged } from '../model/stock-history.ts';
import { useStockShown, useView } from '../use-view.ts';

/** The count since this page was opened; earlier times are not drawn. */
export function StockCurve() {
  const { texts, formats } = useLanguage();
  const { points } = useStockShown();
  const { holds, quantity, endMs, old } = useView((view) => ({
    holds: heldOrders(view.model).length > 0,
    quantity: view.model.sale?.quantity ?? 0,
    endMs: curveEndMs(view),
    old: view.old,
  }));
  const [first] = points;
  // While the count can still fall, its place is reserved, so that nothing moves under a thumb.
  if ((endMs === null || holds) && !hasChanged(points)) {
    return null;
  }
  return (
    <figure className="[@media(max-height:44rem)]:max-lg:hidden">
      <Curve points={points} quantity={quantity} toMs={endMs} stale={old} className="h-14 sm:h-20 lg:h-24" />
      <figcaption className="mt-1.5 mb-3 min-h-4 text-xs text-muted">
        {first !== undefined && texts.curve.since(formats.secondMoment(first.serverMs))}
      </figcaption>
    </figure>
  );
}
