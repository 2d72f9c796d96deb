import { moneyOf } from '@flipzon/protocol/money.ts';
import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { Scroll } from '../ui/Scroll.tsx';
import { Part } from './Part.tsx';
import { useWords } from './use-words.ts';

/** What was sold of each variant; nothing where the product has none. */
export function VariantsPart(props: { report: SaleReport }) {
  const { words, formats } = useWords();
  const { variants } = props.report;
  if (variants === undefined) return null;
  const { title, name, sold, of } = words.variants;
  return (
    <Part title={title}>
      <Scroll label={title} className="mt-4">
        <table data-testid="variants" className="w-full tabular-nums">
          <thead>
            <tr>
              {[name, words.price, sold].map((each) => (
                <th key={each} scope="col" className="py-2 pe-6 text-start font-medium text-muted">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {variants.map((variant) => (
              <tr key={variant.sku} className="border-t border-line">
                <th scope="row" className="py-2 pe-6 text-start font-semibold [overflow-wrap:anywhere]">
                  <bdi>{variant.name}</bdi>
                </th>
                <td className="py-2 pe-6 whitespace-nowrap">{formats.price(moneyOf(variant))}</td>
                <td className="py-2 whitespace-nowrap">
                  {of(
                    variant.sold === null ? '–' : formats.number(variant.sold),
                    formats.number(variant.quantity),
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Part>
  );
}
