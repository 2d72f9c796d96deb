import type { Sale } from '@flipzon/protocol/schemas.ts';
import { countdownTo } from '../../text/countdown.ts';
import { useLanguage } from '../../text/language.ts';
import { startsAtMs } from '../derive-phase.ts';
import { Eyebrow } from './Eyebrow.tsx';

export function CountdownHero(props: { sale: Sale; serverMs: number }) {
  const { texts, formats } = useLanguage();
  const startMs = startsAtMs(props.sale);
  const { digits, iso } = countdownTo(startMs - props.serverMs);
  return (
    <section>
      <Eyebrow phase="countdown" stale={false} />
      <p className="hero-number mt-4" style={{ '--chars': digits.length * 0.93 } as React.CSSProperties}>
        <time role="timer" dateTime={iso}>
          {digits}
        </time>
      </p>
      <p className="mt-3 text-lg text-pretty text-muted sm:text-xl">
        <time dateTime={props.sale.startsAt}>{texts.opensAt(formats.timeAndZone(startMs))}</time>{' '}
        {texts.noRefresh}
      </p>
    </section>
  );
}
