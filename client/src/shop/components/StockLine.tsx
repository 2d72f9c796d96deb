import { useLanguage } from '../../text/language.ts';
import { StockBar } from '../../ui/StockBar.tsx';
import { heldOrders } from '../model/orders.ts';
import { chosenShown } from '../model/variants.ts';
import type { View } from '../model/view.ts';
import { saleOffer } from '../sale-price.ts';
import { useView } from '../use-view.ts';
import { CountAge } from './CountAge.tsx';
import { EndTime } from './EndTime.tsx';
import { FreezeUpdates } from './FreezeUpdates.tsx';
import { StockCurve } from './StockCurve.tsx';

/** The curve and the bar once there are changes, and below them what the hero does not show: the count beside an order or a countdown, and how old it is. */
export function StockLine() {
  const { texts, formats } = useLanguage();
  const view = useView((view) => ({
    phase: view.phase,
    remaining: view.remaining,
    quantity: view.model.sale?.quantity ?? 0,
    offer: offerOf(view),
    old: view.old,
    connected: view.connected,
    holds: heldOrders(view.model).length > 0,
    chosen: chosenShown(view),
    skewS: Math.round(Math.abs(view.model.deviceSkewMs ?? 0) / 1000),
  }));
  const { phase, remaining, quantity } = view;
  if (phase === null) {
    return null;
  }
  const before = phase === 'scheduled' || phase === 'countdown';
  return (
    <div className={view.holds ? 'mt-9' : 'mt-5'}>
      {!before && (
        <>
          <StockCurve />
          <StockBar remaining={remaining} quantity={quantity} stale={view.old} />
        </>
      )}
      <div className="mt-1.5 flex flex-wrap items-center gap-x-5 text-sm text-muted tabular-nums">
        {(before || view.holds) && (
          <data data-testid="remaining" value={remaining}>
            {before && view.offer !== null
              ? view.offer
              : texts.left(formats.number(remaining), formats.number(quantity))}
          </data>
        )}
        {view.chosen !== undefined && (
          <data value={view.chosen.remaining} className="font-medium text-ink [overflow-wrap:anywhere]">
            <bdi>{view.chosen.name}</bdi>: {countOf(view.chosen.remaining)}
          </data>
        )}
        <EndTime className="font-medium text-ink" />
        <CountAge />
        {view.connected !== null && (
          <data data-testid="connected" value={view.connected}>
            {texts.watching(formats.number(view.connected))}
          </data>
        )}
        {view.skewS > 2 && <span>{texts.clockOff(formats.number(view.skewS))}</span>}
        <FreezeUpdates className="-my-1 ms-auto" />
      </div>
    </div>
  );

  /** Null once a unit has gone. */
  function offerOf({ model: { sale }, remaining }: View): string | null {
    return sale?.quantity === remaining ? saleOffer(sale, { texts, formats }) : null;
  }

  function countOf(left: number): string {
    return left > 0 ? texts.variants.left(left, formats.number(left)) : texts.variants.soldOut;
  }
}
