import { moneyOf, times } from '@flipzon/protocol/money.ts';
import type { SaleResult } from '@flipzon/protocol/operator.ts';
import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { useLanguage } from '../../text/language.ts';
import { Scroll } from '../../ui/Scroll.tsx';
import { TableHead } from '../parts/TableHead.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

const cell = 'py-1.5 pe-4 whitespace-nowrap';

/** What was sold of each variant, as the sale's report counts it. */
export function VariantResults(props: { sale: SaleResult }) {
  const texts = useConsoleTexts();
  const words = texts.variants;
  const { formats } = useLanguage();
  const { sale } = props;
  const asked = useAnswer<SaleReport>(`/sales/${encodeURIComponent(sale.id)}/report`, [
    sale.orders,
    sale.cancelled,
    sale.quantity,
  ]);
  const columns = [words.choose, words.sku, words.price, words.sold, words.revenue];
  if (asked.state === 'failed') return <p className="mt-3 text-sm text-danger">{words.failed}</p>;
  return (
    <Scroll label={words.title} className="mt-4">
      <table data-testid="variant-results" className="w-full text-sm tabular-nums">
        <TableHead names={columns} />
        <tbody>
          {asked.body?.variants?.map((variant) => {
            const { sku, name, sold, quantity } = variant;
            const price = moneyOf(variant);
            return (
              <tr key={sku} className="border-t border-line">
                <th scope="row" className="py-1.5 pe-4 text-start font-medium [overflow-wrap:anywhere]">
                  <bdi>{name}</bdi>
                </th>
                <td className={`${cell} text-muted`}>
                  <bdi translate="no">{sku}</bdi>
                </td>
                <td className={cell}>{formats.price(price)}</td>
                <td className={cell}>
                  {sold === null ? texts.none : `${formats.number(sold)} / ${formats.number(quantity)}`}
                </td>
                <td className={cell}>{sold === null ? texts.none : formats.price(times(price, sold))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
