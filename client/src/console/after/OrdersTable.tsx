import type { Order } from '@flipzon/protocol/schemas.ts';
import { useLanguage } from '../../text/language.ts';
import { Scroll } from '../../ui/Scroll.tsx';
import { linkButton } from '../parts/looks.ts';
import { Steering } from '../parts/Steering.tsx';
import { TableHead } from '../parts/TableHead.tsx';
import { addressOfCustomer } from '../parts/use-part.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

const cell = 'py-1 pe-4 align-middle';
/** Ids are the customers' own, and may be one long word. */
const long = 'min-w-40 max-w-80 [overflow-wrap:anywhere]';

export function OrdersTable(props: {
  orders: readonly Order[];
  /** Names of the sales, where the orders are of several. */
  sales?: readonly { id: string; name: string }[];
  onCancel?: (orderId: string) => void;
}) {
  const texts = useConsoleTexts();
  const words = texts.after;
  const { sales, onCancel } = props;
  const nameOf = new Map(sales?.map(({ id, name }) => [id, name]));
  if (props.orders.length === 0) return null;
  const isVaried = props.orders.some(({ variant }) => variant !== undefined);
  return (
    <Scroll label={words.orders} className="mt-3">
      <table data-testid="orders-table" className="w-full text-sm tabular-nums">
        <TableHead
          names={[
            words.unit,
            ...(sales === undefined ? [] : [texts.setup.name]),
            ...(isVaried ? [texts.variants.choose] : []),
            ...[words.customer, words.status, words.claimedAt, words.confirmedAt, words.number],
          ]}
          hasSteps
        />
        <tbody>
          {props.orders.map((order) => (
            <OrderRow
              key={`${order.id}-${order.status}`}
              order={order}
              saleName={sales && (nameOf.get(order.saleId) ?? order.saleId)}
              isVaried={isVaried}
              onCancel={onCancel}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function OrderRow(props: {
  order: Order;
  saleName: string | undefined;
  isVaried: boolean;
  onCancel: ((orderId: string) => void) | undefined;
}) {
  const words = useConsoleTexts().after;
  const { formats, texts: page } = useLanguage();
  const { order, saleName, isVaried, onCancel } = props;
  return (
    <tr className="border-t border-line">
      <th scope="row" className={`${cell} text-start font-semibold`}>
        {formats.number(order.unit)}
      </th>
      {saleName !== undefined && (
        <td className={`${cell} ${long}`}>
          <bdi>{saleName}</bdi>
        </td>
      )}
      {isVaried && (
        <td className={cell}>
          <bdi translate="no">{order.variant}</bdi>
        </td>
      )}
      <td className={`${cell} ${long}`}>
        <a href={addressOfCustomer(order.customerId)} className={linkButton}>
          <bdi translate="no">{order.customerId}</bdi>
        </a>
      </td>
      <td className={`${cell} whitespace-nowrap`}>{page.orders.status[order.status]}</td>
      <td className={`${cell} whitespace-nowrap`}>{formats.dayAndSecond(Date.parse(order.claimedAt))}</td>
      <td className={`${cell} whitespace-nowrap`}>
        {order.confirmedAt === null ? '' : formats.dayAndSecond(Date.parse(order.confirmedAt))}
      </td>
      <td className={`${cell} ${long} text-xs text-muted`}>
        {order.number !== undefined && (
          <bdi translate="no" className="block text-sm whitespace-nowrap text-ink">
            {order.number}
          </bdi>
        )}
        <bdi translate="no">{order.id}</bdi>
      </td>
      <td className="text-end">
        {order.status === 'confirmed' && onCancel !== undefined && (
          <Steering>
            <button
              type="button"
              aria-label={words.cancelOf(formats.number(order.unit))}
              className={`${linkButton} text-danger`}
              onClick={() => onCancel(order.id)}
            >
              {words.cancel}
            </button>
          </Steering>
        )}
      </td>
    </tr>
  );
}
