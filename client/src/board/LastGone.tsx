import { useStockShown } from '../sale/use-view.ts';
import { useLanguage } from '../text/language.ts';

const shownMax = 7;

/** How many units went in which second. Nobody's name is here: the page is not told any. */
export function LastGone() {
  const { texts, formats } = useLanguage();
  const { changes } = useStockShown();
  const words = texts.boardPage;
  const last = changes.slice(-shownMax).reverse();
  return (
    <section aria-labelledby="last-gone" className="min-w-0">
      <h2 id="last-gone" className="text-sm text-muted lg:text-base">
        {words.last}
      </h2>
      {last.length === 0 && <p className="mt-2 text-muted">{words.none}</p>}
      <ol data-testid="last-gone" className="mt-1 divide-y divide-line">
        {last.map(({ secondMs, gone, back }) => (
          <li key={secondMs} className="flex justify-between gap-4 py-2 text-lg tabular-nums lg:text-xl">
            <span className="font-semibold">
              {gone > 0 && words.units(gone, formats.number(gone))}
              {gone > 0 && back > 0 && ' · '}
              {back > 0 && words.back(back, formats.number(back))}
            </span>
            <time dateTime={new Date(secondMs).toISOString()} className="text-muted">
              {formats.secondTime(secondMs)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
