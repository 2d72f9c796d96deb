import { useLanguage } from '../../text/language.ts';
import { heldOrders } from '../model/orders.ts';
import { useView } from '../use-view.ts';
import { OrderFacts } from './OrderFacts.tsx';
import { Receipt } from './Receipt.tsx';

/** The customer's earlier units, each of which can be expanded. */
export function EarlierUnits() {
  const { texts, formats } = useLanguage();
  const earlier = useView(({ model }) => heldOrders(model).slice(1));
  return earlier.length === 0 ? null : (
    <ul aria-label={texts.order.units} className="mt-5 divide-y divide-line border-t border-line">
      {earlier.map((order) => (
        <li key={order.id}>
          <details>
            <summary className="flex min-h-12 cursor-pointer items-center gap-3 font-semibold">
              <span>
                {texts.order.unit} <span className="tabular-nums">{formats.number(order.unit)}</span>
              </span>
              <span className="ms-auto text-sm font-normal text-muted">
                {texts.orders.status[order.status]}
              </span>
            </summary>
            <div className="pb-5">
              <OrderFacts order={order} />
              <Receipt order={order} />
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
