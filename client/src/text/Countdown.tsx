import { countdownTo } from './countdown.ts';
import { type Language, useLanguage } from './language.ts';

/** What is left until a moment, as every page says it: 59:59, 23:59:59, and beyond a day 5 days 13:04:47. */
export function Countdown(props: { msLeft: number; label?: string; className?: string }) {
  const { texts, formats } = useLanguage();
  const { days, parts, iso } = countdownTo(props.msLeft);
  return (
    <time
      role="timer"
      aria-label={props.label}
      dateTime={iso}
      className={`tabular-nums ${props.className ?? ''}`}
    >
      {days > 0 && `${texts.daysLeft(days, formats.number(days))} `}
      <bdi dir="ltr">{formats.clock(parts)}</bdi>
    </time>
  );
}

/** The same where there is only text. */
export function countdownText(
  { texts, formats }: Pick<Language, 'texts' | 'formats'>,
  msLeft: number,
): string {
  const { days, parts } = countdownTo(msLeft);
  const clock = formats.clock(parts);
  return days > 0 ? `${texts.daysLeft(days, formats.number(days))} ${clock}` : clock;
}
