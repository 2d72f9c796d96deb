import { curveEndMs } from '../sale/curve-end.ts';
import { useStockSeen, useView } from '../sale/use-view.ts';
import { useLanguage } from '../text/language.ts';
import { Curve } from '../ui/Curve.tsx';

export function BoardCurve() {
  const { texts, formats } = useLanguage();
  const { points } = useStockSeen();
  const { endMs, old } = useView((view) => ({
    endMs: curveEndMs(view),
    old: view.stale !== null,
  }));
  const [first] = points;
  if (first === undefined) {
    return null;
  }
  return (
    <figure className="mt-6">
      <Curve points={points} toMs={endMs} stale={old} className="h-[20svh]" />
      <figcaption className="mt-2 border-t border-line pt-2 text-sm text-muted lg:text-base">
        {texts.curve.since(formats.secondTime(first.serverMs))}
      </figcaption>
    </figure>
  );
}
