import { countdownTo } from '../../text/countdown.ts';
import { useLanguage } from '../../text/language.ts';
import { secondsToEnd } from '../model/end-time.ts';
import { useView } from '../use-view.ts';

/** When the sale ends by itself: counted down on its last day, a moment before that. A timer is not read out each second. */
export function EndTime(props: { className?: string }) {
  const { texts, formats } = useLanguage();
  const { endsAt, seconds } = useView((view) => ({
    endsAt: view.model.sale?.endsAt ?? null,
    seconds: secondsToEnd(view),
  }));
  if (endsAt === null || seconds === null) {
    return null;
  }
  if (seconds === 'later') {
    return (
      <time data-testid="ends" dateTime={endsAt} className={props.className}>
        {texts.ends.on(formats.dayTimeAndZone(Date.parse(endsAt)))}
      </time>
    );
  }
  const { parts, iso } = countdownTo(seconds * 1000);
  return (
    <time role="timer" data-testid="ends" dateTime={iso} className={`tabular-nums ${props.className ?? ''}`}>
      {texts.ends.in(`\u2066${formats.clock(parts)}\u2069`)}
    </time>
  );
}
