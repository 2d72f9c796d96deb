import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { automatically } from '@flipzon/protocol/sale-phases.ts';
import { useLanguage } from '../../text/language.ts';
import { Scroll } from '../../ui/Scroll.tsx';
import { StatusPill } from '../parts/StatusPill.tsx';
import { TableHead } from '../parts/TableHead.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { SaleSteps } from './SaleSteps.tsx';
import { isAhead } from './sale-groups.ts';

const cell = 'py-2 pe-4 align-middle';

export function SalesTable(props: {
  sales: readonly SaleResult[];
  shownId: string | null;
  onChoose: (sale: SaleResult) => void;
}) {
  const texts = useConsoleTexts();
  const words = texts.after;
  if (props.sales.length === 0) return null;
  return (
    <Scroll label={words.sales} className="mt-3">
      <table data-testid="sales" className="w-full text-sm tabular-nums">
        <TableHead
          names={[
            texts.setup.name,
            words.status,
            texts.control.facts.opens,
            words.sold,
            words.cancelled,
            words.soldOutAfter,
            words.by,
          ]}
          hasSteps
        />
        <tbody>
          {props.sales.map((sale) => (
            <SaleRow
              key={sale.id}
              sale={sale}
              isShown={sale.id === props.shownId}
              onChoose={props.onChoose}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function SaleRow(props: { sale: SaleResult; isShown: boolean; onChoose: (sale: SaleResult) => void }) {
  const texts = useConsoleTexts();
  const words = texts.after;
  const { formats } = useLanguage();
  const { sale } = props;
  return (
    <tr
      aria-current={props.isShown ? 'true' : undefined}
      className="border-t border-line aria-[current]:bg-track"
    >
      <th
        scope="row"
        className={`${cell} min-w-40 max-w-80 text-start font-semibold [overflow-wrap:anywhere]`}
      >
        {isAhead(sale) ? (
          <bdi className="px-2">{sale.product.name}</bdi>
        ) : (
          <button
            type="button"
            title={words.choose}
            onClick={() => props.onChoose(sale)}
            className="min-h-9 cursor-pointer px-2 text-start underline decoration-line underline-offset-4 hover:decoration-ink"
          >
            <bdi>{sale.product.name}</bdi>
            <span className="sr-only"> {sale.id}</span>
          </button>
        )}
      </th>
      <td className={cell}>
        <StatusPill status={sale.status} />
      </td>
      <td className={`${cell} whitespace-nowrap`}>{formats.dayAndSecond(Date.parse(sale.startsAt))}</td>
      <td className={`${cell} whitespace-nowrap`}>
        {formats.number(sale.orders)} / {formats.number(sale.quantity)}
      </td>
      <td className={cell}>{formats.number(sale.cancelled)}</td>
      <td className={`${cell} whitespace-nowrap`}>
        {sale.soldOutAfterMs === null ? texts.none : formats.duration(sale.soldOutAfterMs)}
      </td>
      <td className={`${cell} min-w-24 max-w-64 [overflow-wrap:anywhere]`}>
        {sale.createdBy === automatically ? texts.automatically : <bdi translate="no">{sale.createdBy}</bdi>}
      </td>
      <td className={cell}>
        <SaleSteps sale={sale} />
      </td>
    </tr>
  );
}
