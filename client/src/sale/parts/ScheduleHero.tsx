import type { Sale } from '@flipzon/protocol/schemas.ts';
import { countdownTo } from '../../text/countdown.ts';
import { useLanguage } from '../../text/language.ts';
import { startsAtMs } from '../derive-phase.ts';
import { Eyebrow } from './Eyebrow.tsx';

/** More than a day away: the day is what matters, in the visitor's own zone, with UTC beside it for comparing with others. */
export function ScheduleHero(props: { sale: Sale; serverMs: number }) {
  const { texts, formats } = useLanguage();
  const startMs = startsAtMs(props.sale);
  const { days, digits, iso } = countdownTo(startMs - props.serverMs);
  return (
    <section>
      <Eyebrow phase="scheduled" stale={false} />
      <p className="hero-words mt-4">
        <time dateTime={props.sale.startsAt}>
          {formats.weekdayAndDate(startMs)},{' '}
          <span className="whitespace-nowrap">{formats.time(startMs)}</span>
        </time>
      </p>
      <p className="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-lg text-muted sm:text-xl">
        <time role="timer" dateTime={iso} className="font-semibold text-ink tabular-nums">
          {texts.daysLeft(days)} {digits}
        </time>
        <span>
          {formats.timeAndZone(startMs)} · {texts.utc(formats.dayAndTime(startMs, 'UTC'))}
        </span>
      </p>
    </section>
  );
}
