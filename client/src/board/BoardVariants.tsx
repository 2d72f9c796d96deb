import { useView } from '../shop/use-view.ts';
import { useLanguage } from '../text/language.ts';

/** More variants get smaller text, so that all of them fit below the count. */
function sizeOf(count: number): string {
  if (count > 10) return 'text-base lg:text-lg';
  return count > 4 ? 'text-lg lg:text-2xl' : 'text-xl lg:text-4xl';
}

/** What is left of each variant; nothing where the product has none. */
export function BoardVariants() {
  const { texts, formats } = useLanguage();
  const { variants, old } = useView((view) => ({
    variants: view.variants,
    old: view.old,
  }));
  if (variants === undefined) {
    return null;
  }
  return (
    <ul
      data-testid="variants"
      aria-label={texts.variants.legend}
      className={`mt-5 flex flex-wrap gap-x-[1.5em] gap-y-1 ${sizeOf(variants.length)}`}
    >
      {variants.map(({ sku, name, remaining }) => (
        <li key={sku} className="flex flex-wrap items-baseline gap-x-[0.4em] [overflow-wrap:anywhere]">
          <bdi className="text-muted">{name}</bdi>
          <data
            value={remaining}
            data-testid={`left-${sku}`}
            className={`figures font-semibold tracking-[-0.03em] ${remaining > 0 && !old ? '' : 'text-muted'}`}
          >
            {remaining > 0 ? formats.number(remaining) : texts.variants.soldOut}
          </data>
        </li>
      ))}
    </ul>
  );
}
