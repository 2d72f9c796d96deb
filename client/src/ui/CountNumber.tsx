import { type ComponentType, type CSSProperties, useEffect, useRef, useState } from 'react';
import { useLanguage } from '../text/language.ts';

const calmMsMin = 1500;
/** By then the page is drawn and connected. */
const fetchRollingAfterMs = 2_000;

/** For the element around: as many characters as there are at most, and room for a separator that hangs below the digits. */
export function countLook(most: string, chars: number): CSSProperties {
  return { '--chars': chars, '--tail': most.includes(',') ? '0.13em' : '0em' } as CSSProperties;
}

/** Falls by rolling digits. These are drawn in a shadow tree, so readers and tests get the plain number beside it. */
export function CountNumber(props: { value: number; testId: string }) {
  const { formats } = useLanguage();
  const text = formats.number(props.value);
  const calm = useCalm(props.value);
  const Rolling = useRolling(formats.rolls && lessMotion?.matches !== true);
  return (
    <>
      <span aria-hidden="true" dir="ltr">
        {Rolling !== null ? (
          <Rolling value={props.value} animated={calm} />
        ) : (
          <span className={formats.rolls ? 'at-rest' : ''}>{text}</span>
        )}
      </span>
      <data className="sr-only" data-testid={props.testId} value={props.value}>
        {text}
      </data>
    </>
  );
}

type Rolling = ComponentType<{ value: number; animated: boolean }>;
/** One for all counts of the page. */
let fetched: Rolling | null = null;

/**
 * Digits that roll are no part of the first view: the first count stands still. Null until they are fetched, which is a little after the
 * page, and where they are not wanted.
 */
function useRolling(wanted: boolean): Rolling | null {
  const [rolling, setRolling] = useState<Rolling | null>(() => fetched);
  useEffect(() => {
    if (!wanted || rolling !== null) return;
    const fetchRolling = async () => {
      const module = await import('./RollingNumber.tsx');
      fetched = module.RollingNumber;
      setRolling(() => fetched);
    };
    // Without the animation the count is still correct.
    const timer = setTimeout(() => void fetchRolling().catch(() => undefined), fetchRollingAfterMs);
    return () => clearTimeout(timer);
  }, [wanted, rolling]);
  return wanted ? rolling : null;
}

const lessMotion = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');

/** A change that comes soon after another one is part of a rush: to roll through all of it takes more work than it shows. */
function useCalm(value: number): boolean {
  const last = useRef({ value, changedAt: Number.NEGATIVE_INFINITY, calm: true });
  if (last.current.value !== value) {
    const now = performance.now();
    last.current = { value, changedAt: now, calm: now - last.current.changedAt >= calmMsMin };
  }
  return last.current.calm;
}
