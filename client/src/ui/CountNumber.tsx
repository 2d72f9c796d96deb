import { type CSSProperties, useRef } from 'react';
import { useLanguage } from '../text/language.ts';
import { laterPart } from './use-later.ts';

const calmMsMin = 1500;

/** For the element around: as many characters as there are at most, and room for a separator that hangs below the digits. */
export function countLook(most: string, chars: number): CSSProperties {
  return { '--chars': chars, '--tail': most.includes(',') ? '0.13em' : '0em' } as CSSProperties;
}

/** Falls by rolling digits. These are drawn in a shadow tree, so readers and tests get the plain number beside it. */
export function CountNumber(props: { value: number; testId: string }) {
  const { formats } = useLanguage();
  const text = formats.number(props.value);
  const calm = useCalm(props.value);
  const Rolling = useRolling(formats.rolls && calmMotion?.matches !== true ? 'later' : 'useless');
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

/** Digits that roll are no part of the first view: the first count stands still. */
const useRolling = laterPart(async () => (await import('./RollingNumber.tsx')).RollingNumber);

const calmMotion = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');

/** A change that comes soon after another one is part of a rush: to roll through all of it takes more work than it shows. */
function useCalm(value: number): boolean {
  const last = useRef({ value, changedAt: Number.NEGATIVE_INFINITY, calm: true });
  if (last.current.value !== value) {
    const now = performance.now();
    last.current = { value, changedAt: now, calm: now - last.current.changedAt >= calmMsMin };
  }
  return last.current.calm;
}
