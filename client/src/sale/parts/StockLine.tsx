import { useLanguage } from '../../text/language.ts';
import { StockBar } from '../../ui/StockBar.tsx';
import { heldOrders } from '../orders.ts';
import type { View } from '../view.ts';

/** The bar, and beneath it what the hero does not say: the count beside an order or a countdown, and how old it is. */
export function StockLine(props: { view: View }) {
  const { texts, formats } = useLanguage();
  const { model, phase, now } = props.view;
  const stale = props.view.stale !== null;
  const { sale } = model;
  if (sale === null || phase === null) {
    return null;
  }
  const before = phase === 'scheduled' || phase === 'countdown';
  const held = heldOrders(model).length > 0;
  const remaining = formats.number(sale.remaining);
  const quantity = formats.number(sale.quantity);
  const skewS = Math.round(Math.abs(model.deviceSkewMs ?? 0) / 1000);
  return (
    <div className="mt-6">
      <StockBar remaining={sale.remaining} quantity={sale.quantity} stale={stale} />
      <div className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted tabular-nums">
        {(before || held) && (
          <data data-testid="remaining" value={sale.remaining}>
            {before && sale.remaining === sale.quantity
              ? texts.unitsForSale(quantity, formats.price(sale.product.price))
              : texts.left(remaining, quantity)}
          </data>
        )}
        {stale && (
          <span data-testid="age">
            {model.freshAt === null ? texts.lastKnown : texts.asOf(age(now - model.freshAt))}
          </span>
        )}
        {model.connected !== null && (
          <data data-testid="connected" value={model.connected}>
            {texts.watching(formats.number(model.connected))}
          </data>
        )}
        {skewS > 2 && <span>{texts.clockOff(formats.number(skewS))}</span>}
      </div>
    </div>
  );

  function age(ms: number): string {
    const seconds = Math.max(0, Math.round(ms / 1000));
    return seconds < 120
      ? texts.seconds(formats.number(seconds))
      : texts.minutes(formats.number(Math.round(seconds / 60)));
  }
}
