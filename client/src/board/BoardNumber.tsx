import { startsAtMs } from '../sale/derive-phase.ts';
import { CountAge } from '../sale/parts/CountAge.tsx';
import { Eyebrow } from '../sale/parts/Eyebrow.tsx';
import { OpeningTime } from '../sale/parts/OpeningTime.tsx';
import { soldOutAfterMs } from '../sale/sold-out-after.ts';
import { useView } from '../sale/use-view.ts';
import { countdownTo } from '../text/countdown.ts';
import { useLanguage } from '../text/language.ts';
import { CountNumber } from '../ui/CountNumber.tsx';

/** As large as the screen allows: the time until the opening, then the count. */
export function BoardNumber() {
  const { texts, formats } = useLanguage();
  const { phase, quantity, remaining, old, seconds, reason, noSale, goneAfterMs } = useView((view) => ({
    phase: view.phase,
    quantity: view.model.sale?.quantity ?? 0,
    remaining: view.remaining,
    old: view.stale !== null || view.held !== null,
    seconds: view.model.sale === null ? 0 : Math.ceil((startsAtMs(view.model.sale) - view.serverMs) / 1000),
    reason: view.model.sale?.reason ?? null,
    noSale: view.model.noSale,
    goneAfterMs: view.phase === 'sold_out' ? soldOutAfterMs(view.model) : null,
  }));
  if (phase === null) {
    return (
      <p className="hero-words m-auto text-muted">{noSale ? texts.eyebrow.noSale : texts.eyebrow.loading}</p>
    );
  }
  if (phase === 'scheduled' || phase === 'countdown') {
    const { days, parts, iso } = countdownTo(seconds * 1000);
    const digits = formats.clock(parts);
    return (
      <section className="my-auto">
        <Eyebrow phase={phase} beats={false} />
        <p className="board-number" style={{ '--chars': digits.length * 0.92 } as React.CSSProperties}>
          <time role="timer" dateTime={iso} dir="ltr">
            {digits}
          </time>
        </p>
        <p className="mt-4 text-xl text-muted lg:text-3xl">
          {days > 0 && <strong className="text-ink">{texts.daysLeft(days, formats.number(days))} · </strong>}
          <OpeningTime withDay />
        </p>
      </section>
    );
  }
  return (
    <section className="my-auto">
      <Eyebrow phase={phase} beats={phase === 'live' && !old} />
      <p
        className={`board-number rolls ${old ? 'text-muted' : ''}`}
        style={{ '--chars': Math.max(3.2, formats.number(quantity).length * 0.86) } as React.CSSProperties}
      >
        <CountNumber value={remaining} testId="remaining" />
      </p>
      <p className="flex flex-wrap gap-x-6 text-xl text-muted lg:text-3xl">
        {goneAfterMs !== null && (
          <span className="text-ink">{texts.message.soldOutIn(formats.duration(goneAfterMs))}</span>
        )}
        {texts.leftOf(formats.number(quantity))}
        <CountAge />
        {reason !== null && <span className="text-ink">{reason}</span>}
      </p>
    </section>
  );
}
