import { curveEndMs } from '../sale/curve-end.ts';
import { useStockSeen, useView } from '../sale/use-view.ts';
import { useLanguage } from '../text/language.ts';
import { Curve } from '../ui/Curve.tsx';

export function BoardCurve() {
  const { texts, formats } = useLanguage();
  const { points } = useStockSeen();
  const { quantity, endMs, old } = useView((view) => ({
    quantity: view.model.sale?.quantity ?? 0,
    endMs: curveEndMs(view),
    old: view.stale !== null,
  }));
  const [first] = points;
  if (first === undefined) {
    return null;
  }
  return (
    <figure className="mt-6">
      <Curve
        points={points}
        quantity={quantity}
        toMs={endMs ?? points.at(-1)?.serverMs ?? 0}
        stale={old}
        className="h-[20svh]"
      />
      <figcaption className="mt-2 border-t border-line pt-2 text-sm text-muted lg:text-base">
        {texts.curve.since(formats.secondTime(first.serverMs))}
      </figcaption>
    </figure>
  );
}
