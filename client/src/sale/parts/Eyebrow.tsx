import { useLanguage } from '../../text/language.ts';
import type { Phase } from '../derive-phase.ts';

/** Where the sale is, in a word. The dot beats only while what is shown is live. */
export function Eyebrow(props: { phase: Phase; beats: boolean }) {
  const { texts } = useLanguage();
  return (
    <p className="flex items-center gap-2.5 text-base font-semibold tracking-tight">
      <span
        aria-hidden="true"
        className={`size-2.5 rounded-full ${props.beats ? 'beat bg-accent' : 'bg-muted'}`}
      />
      {texts.eyebrow[props.phase]}
    </p>
  );
}
