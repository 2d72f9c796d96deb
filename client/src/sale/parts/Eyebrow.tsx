import { useLanguage } from '../../text/language.ts';
import type { Phase } from '../derive-phase.ts';

/** Where the sale is, in a word. The dot beats only while what is shown is live. */
export function Eyebrow(props: { phase: Phase | null; stale: boolean }) {
  const { texts } = useLanguage();
  if (props.phase === null) {
    return null;
  }
  const live = props.phase === 'live' && !props.stale;
  return (
    <p className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
      <span aria-hidden="true" className={`size-2.5 rounded-full ${live ? 'beat bg-accent' : 'bg-muted'}`} />
      {texts.eyebrow[props.phase]}
    </p>
  );
}
