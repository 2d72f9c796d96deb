import { Countdown } from '../../text/Countdown.tsx';
import { useLanguage } from '../../text/language.ts';
import { startsAtMs } from '../model/derive-phase.ts';
import { useView } from '../use-view.ts';
import { Eyebrow } from './Eyebrow.tsx';
import { OpeningTime } from './OpeningTime.tsx';
import { ReminderButtons } from './ReminderButtons.tsx';

/** More than a day away: the day is what matters. */
export function ScheduleHero() {
  const { formats } = useLanguage();
  const { startsAt, startMs, seconds } = useView(({ model, serverMs }) => {
    const startMs = model.sale === null ? 0 : startsAtMs(model.sale);
    return {
      startsAt: model.sale?.startsAt ?? '',
      startMs,
      seconds: Math.ceil((startMs - serverMs) / 1000),
    };
  });
  return (
    <section>
      <Eyebrow />
      <p className="hero-words mt-4">
        <time dateTime={startsAt}>{formats.fullDateAndTime(startMs)}</time>
      </p>
      <p className="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-lg text-muted sm:text-xl">
        <Countdown msLeft={seconds * 1000} className="font-semibold text-ink" />
        <OpeningTime withDay={false} />
      </p>
      <ReminderButtons />
    </section>
  );
}
