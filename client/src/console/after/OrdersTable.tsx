import type { Order } from '@flipzon/protocol/schemas.ts';
import { useLanguage } from '../../text/language.ts';
import { Scroll } from '../../ui/Scroll.tsx';
import { linkButton } from '../parts/looks.ts';
import { Steering } from '../parts/Steering.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

const head = 'py-1.5 pe-4 text-start font-medium whitespace-nowrap text-muted';
const cell = 'py-1 pe-4 align-middle';
/** Ids are the customers' own, and may be one long word. */
const long = 'min-w-40 max-w-80 [overflow-wrap:anywhere]';

export function OrdersTable(props: { orders: readonly Order[]; onCancel: (orderId: string) => void }) {
  const words = useConsoleTexts().after;
  const { formats } = useLanguage();
  const { choose: variantName } = useConsoleTexts().variants;
  if (props.orders.length === 0) return null;
  const isVaried = props.orders.some(({ variant }) => variant !== undefined);
  return (
    <Scroll label={words.orders} className="mt-3">
      <table data-testid="orders-table" className="w-full text-sm tabular-nums">
        <thead>
          <tr>
            {[
              words.unit,
              ...(isVaried ? [variantName] : []),
              words.customer,
              words.status,
              words.claimedAt,
              words.confirmedAt,
              words.number,
            ].map((name) => (
              <th key={name} scope="col" className={head}>
                {name}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {props.orders.map((order) => (
            <tr key={`${order.id}-${order.status}`} className="border-t border-line">
              <th scope="row" className={`${cell} text-start font-semibold`}>
                {formats.number(order.unit)}
              </th>
              {isVaried && (
                <td className={cell}>
                  <bdi translate="no">{order.variant}</bdi>
                </td>
              )}
              <td className={`${cell} ${long}`}>
                <bdi translate="no">{order.customerId}</bdi>
              </td>
              <td className={`${cell} whitespace-nowrap`}>{words.orderStatus[order.status]}</td>
              <td className={`${cell} whitespace-nowrap`}>
                {formats.dayAndSecond(Date.parse(order.claimedAt))}
              </td>
              <td className={`${cell} whitespace-nowrap`}>
                {order.confirmedAt === null ? '' : formats.dayAndSecond(Date.parse(order.confirmedAt))}
              </td>
              <td className={`${cell} ${long} text-xs text-muted`}>
                <bdi translate="no">{order.id}</bdi>
              </td>
              <td className="text-end">
                {order.status === 'confirmed' && (
                  <Steering>
                    <button
                      type="button"
                      aria-label={words.cancelOf(formats.number(order.unit))}
                      className={`${linkButton} text-danger`}
                      onClick={() => props.onCancel(order.id)}
                    >
                      {words.cancel}
                    </button>
                  </Steering>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
