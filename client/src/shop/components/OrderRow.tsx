import { moneyOf } from '@flipzon/protocol/money.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { useLanguage } from '../../text/language.ts';
import { useVariantName } from '../use-variant-name.ts';
import { Receipt } from './Receipt.tsx';

export function OrderRow(props: { order: Order }) {
  const { texts, formats } = useLanguage();
  const { order } = props;
  const variant = useVariantName(order);
  return (
    <li className="py-4 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="text-lg font-semibold tracking-tight tabular-nums">
          {texts.order.unit} {formats.number(order.unit)}
        </span>
        {variant !== null && <bdi className="font-medium [overflow-wrap:anywhere]">{variant}</bdi>}
        <span className="font-medium">{texts.orders.status[order.status]}</span>
        <span className="ms-auto font-medium tabular-nums">{formats.price(moneyOf(order))}</span>
      </div>
      <p className="mt-1 flex flex-wrap gap-x-4 text-muted">
        <time dateTime={order.claimedAt}>{formats.dayAndTime(Date.parse(order.claimedAt))}</time>
        <bdi translate="no" className="break-all">
          {order.id}
        </bdi>
      </p>
      {(order.status === 'claimed' || order.status === 'confirmed') && <Receipt order={order} />}
    </li>
  );
}
