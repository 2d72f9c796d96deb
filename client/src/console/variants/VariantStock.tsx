import { moneyOf } from '@flipzon/protocol/money.ts';
import { useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { StockBar } from '../../ui/StockBar.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

/** What is left of each variant of the current sale; nothing where it has none. */
export function VariantStock() {
  const words = useConsoleTexts().variants;
  const { formats } = useLanguage();
  const { variants, old } = useView(({ model, stale }) => ({
    variants: model.sale?.variants,
    old: stale !== null,
  }));
  if (variants === undefined) return null;
  return (
    <Panel title={words.title}>
      <ul data-testid="variant-stock" className="mt-3 grid gap-x-6 gap-y-3 sm:grid-cols-2">
        {variants.map((variant) => {
          const { sku, name, remaining, quantity } = variant;
          return (
            <li key={sku} className="min-w-0 text-sm">
              <p className="mb-1 flex flex-wrap justify-between gap-x-4 [overflow-wrap:anywhere]">
                <bdi className="font-medium">{name}</bdi>
                <span className="text-muted tabular-nums">{formats.price(moneyOf(variant))}</span>
              </p>
              <StockBar remaining={remaining} quantity={quantity} stale={old} />
              <data
                value={remaining}
                data-testid={`left-${sku}`}
                className="mt-1 block text-muted tabular-nums"
              >
                {words.leftOf(formats.number(remaining), formats.number(quantity))}
              </data>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
