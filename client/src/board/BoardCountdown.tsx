import type { CSSProperties } from 'react';
import { EndTime } from '../shop/components/EndTime.tsx';
import { Eyebrow } from '../shop/components/Eyebrow.tsx';
import { OpeningTime } from '../shop/components/OpeningTime.tsx';
import { countdownTo } from '../text/countdown.ts';
import { useLanguage } from '../text/language.ts';

/** From afar only the largest figure is readable, so it includes the days. */
export function BoardCountdown(props: { seconds: number }) {
  const { texts, formats } = useLanguage();
  const { days, parts, iso } = countdownTo(props.seconds * 1000);
  const clock = formats.clock(parts);
  const inDays = days > 0 ? texts.daysLeft(days, formats.number(days)) : null;
  const look = { '--chars': inDays === null ? clock.length * 0.92 : inDays.length } as CSSProperties;
  return (
    <section className="my-auto">
      <Eyebrow word="countdown" className="text-lg lg:text-2xl" />
      <time role="timer" dateTime={iso}>
        {inDays === null ? (
          <span className="board-number block" style={look} dir="ltr">
            {clock}
          </span>
        ) : (
          <>
            <span className="board-words block" style={look}>
              {inDays}
            </span>{' '}
            <span className="mt-2 figures block text-5xl font-semibold tracking-[-0.04em] lg:text-8xl">
              <bdi dir="ltr">{clock}</bdi>
            </span>
          </>
        )}
      </time>
      <p className="mt-4 text-xl text-muted lg:text-3xl">
        <OpeningTime withDay />
        <EndTime className="block" />
      </p>
    </section>
  );
}
