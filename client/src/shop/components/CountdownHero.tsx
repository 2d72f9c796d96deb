import { countdownTo } from '../../text/countdown.ts';
import { useLanguage } from '../../text/language.ts';
import { startsAtMs } from '../model/derive-phase.ts';
import { useView } from '../use-view.ts';
import { Eyebrow } from './Eyebrow.tsx';
import { OpeningTime } from './OpeningTime.tsx';
import { ReminderButtons } from './ReminderButtons.tsx';

export function CountdownHero() {
  const { texts, formats } = useLanguage();
  const seconds = useView(({ model, serverMs }) =>
    model.sale === null ? 0 : Math.ceil((startsAtMs(model.sale) - serverMs) / 1000),
  );
  const { parts, iso } = countdownTo(seconds * 1000);
  const digits = formats.clock(parts);
  return (
    <section>
      <Eyebrow />
      <p className="hero-number mt-4" style={{ '--chars': digits.length * 0.9 } as React.CSSProperties}>
        <time role="timer" dateTime={iso} dir="ltr">
          {digits}
        </time>
      </p>
      <p className="mt-4 text-lg text-pretty text-muted sm:text-xl">
        <OpeningTime withDay />
        <span className="block">{texts.noRefresh}</span>
      </p>
      <ReminderButtons />
    </section>
  );
}
