import { curveEndMs } from '../shop/model/curve-end.ts';
import { hasChanged } from '../shop/model/stock-history.ts';
import { useStockShown, useView } from '../shop/use-view.ts';
import { useLanguage } from '../text/language.ts';
import { Curve } from '../ui/Curve.tsx';

/** On a wide screen the curve is behind the number, on a narrow one below it. */
export function BoardCurve() {
  const { texts, formats } = useLanguage();
  const { points } = useStockShown();
  const { quantity, endMs, old } = useView((view) => ({
    quantity: view.model.sale?.quantity ?? 0,
    endMs: curveEndMs(view),
    old: view.old,
  }));
  const [first] = points;
  if (first === undefined || (endMs === null && !hasChanged(points))) {
    return null;
  }
  return (
    <figure className="mt-6 lg:absolute lg:inset-x-0 lg:bottom-0 lg:-z-10 lg:mt-0">
      <Curve
        points={points}
        quantity={quantity}
        toMs={endMs}
        stale={old}
        className="h-[20svh] lg:h-[60svh]"
      />
      <figcaption className="mt-2 border-t border-line pt-2 text-sm text-muted lg:text-base">
        {texts.curve.since(formats.secondMoment(first.serverMs))}
      </figcaption>
    </figure>
  );
}
