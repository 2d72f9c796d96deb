import { SimulatedMark } from '../../shop/components/SimulatedMark.tsx';
import { startsAtMs } from '../../shop/model/derive-phase.ts';
import type { View } from '../../shop/model/view.ts';
import { salePrice } from '../../shop/sale-price.ts';
import { useView } from '../../shop/use-view.ts';
import { Countdown } from '../../text/Countdown.tsx';
import { useLanguage } from '../../text/language.ts';
import { StockBar } from '../../ui/StockBar.tsx';
import { salePhase } from '../control/possible.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { InvariantBadge } from './InvariantBadge.tsx';
import { StatusPill } from './StatusPill.tsx';
import { StripFigures } from './StripFigures.tsx';

/** The current sale, above every view: the sale that every step applies to. */
export function SaleStrip() {
  const words = useConsoleTexts().strip;
  const { texts, formats } = useLanguage();
  const { sale, phase, isCalledOff, remaining, old } = useView((view) => ({
    sale: view.model.sale,
    phase: view.phase,
    isCalledOff: wasCalledOff(view),
    remaining: view.remaining,
    old: view.stale !== null,
  }));
  if (sale === null || phase === null) {
    return (
      <section aria-label={words.label} className="rounded-2xl border border-dashed border-line p-5">
        <p className="font-semibold">{words.none}</p>
        <p className="text-sm text-muted">{words.noneDetail}</p>
      </section>
    );
  }
  return (
    <section aria-label={words.label} className="rounded-2xl border border-line bg-card p-4 sm:p-5 lg:px-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 text-2xl font-semibold tracking-[-0.03em] [overflow-wrap:anywhere]">
          <bdi>{sale.product.name}</bdi>{' '}
          <span className="font-normal text-muted tabular-nums">{salePrice(sale, { texts, formats })}</span>
        </p>
        <StatusPill status={isCalledOff ? 'called_off' : phase === 'countdown' ? 'scheduled' : phase} />
        <SaleTime />
        <span className="flex-1" />
        <InvariantBadge />
      </div>
      {sale.simulated && <SimulatedMark />}
      {sale.reason !== null && (
        <p className="mt-1 text-sm">
          <bdi>{sale.reason}</bdi>
        </p>
      )}
      <StripFigures />
      <div className="mt-3">
        <StockBar remaining={remaining} quantity={sale.quantity} stale={old} />
      </div>
      {old && <p className="mt-1 text-sm text-muted">{texts.lastKnown}</p>}
    </section>
  );
}

/** It was ended before its opening: nothing was ever on sale. */
function wasCalledOff({ model: { sale }, phase, serverMs }: View): boolean {
  return sale !== null && phase !== null && salePhase(sale, phase, serverMs) === 'called_off';
}

function SaleTime() {
  const words = useConsoleTexts().strip;
  const { formats } = useLanguage();
  const { startMs, endMs, secondsLeft, phase } = useView(({ model, phase, serverMs }) => ({
    startMs: model.sale === null ? 0 : startsAtMs(model.sale),
    endMs: model.sale?.endsAt == null ? null : Date.parse(model.sale.endsAt),
    secondsLeft: model.sale === null ? 0 : Math.max(0, Math.ceil((startsAtMs(model.sale) - serverMs) / 1000)),
    phase,
  }));
  const time = (ms: number) => formats.dayTimeAndZone(ms);
  if (phase === 'ended') {
    return endMs === null ? null : <p className="text-sm text-muted">{words.ended(time(endMs))}</p>;
  }
  return (
    <p className="flex flex-wrap gap-x-3 text-sm text-muted">
      <span>{secondsLeft > 0 ? words.opens(time(startMs)) : words.opened(time(startMs))}</span>
      {secondsLeft > 0 && (
        <Countdown msLeft={secondsLeft * 1000} label={words.opensIn} className="font-semibold text-ink" />
      )}
      {endMs !== null && <span>{words.ends(time(endMs))}</span>}
    </p>
  );
}
