import { useUnlessFrozen, useView } from '../shop/use-view.ts';
import { boardTexts } from '../text/board.ts';
import { useLanguage } from '../text/language.ts';
import { useValue } from '../value.ts';
import type { RecentUnitsValue } from './watch-recent-units.ts';

const shownMax = 7;

/** Which units were sold, and when. It shows no names: the page does not get them. */
export function RecentUnitsList(props: { recentUnits: RecentUnitsValue }) {
  const { tag, formats } = useLanguage();
  const recent = useUnlessFrozen(useValue(props.recentUnits));
  const saleId = useView(({ model }) => model.sale?.id ?? null);
  const words = boardTexts[tag];
  const last = recent !== null && recent.saleId === saleId ? recent.units.slice(0, shownMax) : [];
  return (
    <section aria-labelledby="recent-units" className="min-w-0">
      <h2 id="recent-units" className="text-sm text-muted lg:text-base">
        {words.last}
      </h2>
      {last.length === 0 && <p className="mt-2 text-muted">{words.none}</p>}
      <ol data-testid="recent-units" className="mt-1 divide-y divide-line">
        {last.map(({ unit, at }) => (
          <li key={unit} className="flex justify-between gap-4 py-2 text-lg tabular-nums lg:text-xl">
            <span className="font-semibold">{words.unit(formats.number(unit))}</span>
            <time dateTime={at} className="text-muted">
              {formats.secondMoment(Date.parse(at))}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
