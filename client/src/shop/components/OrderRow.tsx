import { moneyOf } from '@flipzon/protocol/money.ts';
import type { Order, OrderedProduct } from '@flipzon/protocol/schemas.ts';
import { useLanguage } from '../../text/language.ts';
import { smallest } from '../../ui/Picture.tsx';
import { useVariantName } from '../use-variant-name.ts';
import { Receipt } from './Receipt.tsx';

export function OrderRow(props: { order: Order; product: OrderedProduct | undefined }) {
  const { texts, formats } = useLanguage();
  const { order, product } = props;
  const variant = useVariantName(order);
  return (
    <li className="py-4 text-sm">
      {product !== undefined && (
        <p className="flex items-center gap-3 font-medium">
          {product.image !== undefined && (
            <img
              src={smallest(product.image)}
              alt=""
              className="size-10 rounded-lg object-contain"
              loading="lazy"
            />
          )}
          <bdi>{product.name}</bdi>
        </p>
      )}
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
        {order.number === undefined ? (
          <bdi translate="no" className="break-all">
            {order.id}
          </bdi>
        ) : (
          <a
            href={`/order#${order.number}`}
            className="font-medium text-ink underline decoration-line underline-offset-4 hover:decoration-ink"
          >
            <bdi translate="no">{order.number}</bdi> <span className="sr-only">{texts.order.print}</span>
          </a>
        )}
      </p>
      {(order.status === 'claimed' || order.status === 'confirmed') && <Receipt order={order} />}
    </li>
  );
}
