import { CountAge } from '../shop/components/CountAge.tsx';
import { EndTime } from '../shop/components/EndTime.tsx';
import { Eyebrow } from '../shop/components/Eyebrow.tsx';
import { startsAtMs } from '../shop/model/derive-phase.ts';
import { soldOutAfterMs } from '../shop/model/sold-out-after.ts';
import { useView } from '../shop/use-view.ts';
import { useLanguage } from '../text/language.ts';
import { CountNumber, countLook } from '../ui/CountNumber.tsx';
import { BoardCountdown } from './BoardCountdown.tsx';
import { BoardVariants } from './BoardVariants.tsx';

/** As large as the screen allows: the time until the opening, then the count. */
export function BoardNumber() {
  const { texts, formats } = useLanguage();
  const { phase, quantity, remaining, old, opensInS, reason, noSale, goneAfterMs } = useView((view) => ({
    phase: view.phase,
    quantity: view.model.sale?.quantity ?? 0,
    remaining: view.remaining,
    old: view.old,
    opensInS: view.model.sale === null ? 0 : Math.ceil((startsAtMs(view.model.sale) - view.serverMs) / 1000),
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
    return <BoardCountdown seconds={opensInS} />;
  }
  const most = formats.number(quantity);
  return (
    <>
      {/* Above the curve, whose line would go through it. */}
      <Eyebrow className="text-lg lg:text-2xl" />
      <section className="my-auto">
        <p
          className={`board-number ${formats.rolls ? 'rolls' : ''} ${old ? 'text-muted' : ''}`}
          style={countLook(most, Math.max(2.6, most.length * 0.86))}
        >
          <CountNumber value={remaining} testId="remaining" />
        </p>
        <p className="flex flex-wrap gap-x-6 text-xl text-muted [overflow-wrap:anywhere] lg:text-3xl">
          {goneAfterMs !== null && (
            <span className="text-ink">{texts.message.soldOutIn(formats.duration(goneAfterMs))}</span>
          )}
          {remaining > 0 ? texts.leftOf(most) : texts.unitsInAll(quantity, most)}
          <EndTime className="text-ink" />
          <CountAge />
          {reason !== null && <bdi className="text-ink">{reason}</bdi>}
        </p>
        <BoardVariants />
      </section>
    </>
  );
}
