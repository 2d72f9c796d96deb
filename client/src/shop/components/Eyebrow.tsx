import { useLanguage } from '../../text/language.ts';
import { useView } from '../use-view.ts';

/** The phase of the sale in a word; "live" only while it is live. The dot pulses only while the page is up to date. */
export function Eyebrow(props: { word?: 'countdown'; className?: string }) {
  const { texts } = useLanguage();
  const word = useView(({ phase, stale, frozen }) => {
    if (frozen !== null) {
      return 'frozen';
    }
    return phase === 'live' && stale !== null ? 'stale' : phase;
  });
  if (word === null) {
    return null;
  }
  return (
    <p className={`flex items-center gap-2.5 font-semibold tracking-tight ${props.className ?? ''}`}>
      <span
        aria-hidden="true"
        className={`size-[0.65em] rounded-full ${word === 'live' ? 'beat bg-accent' : 'bg-muted'}`}
      />
      {texts.eyebrow[props.word ?? word]}
    </p>
  );
}
