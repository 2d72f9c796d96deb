import NumberFlow from '@number-flow/react';
import { type CSSProperties, useRef } from 'react';
import { useLanguage } from '../text/language.ts';

/** Digits that roll are drawn by a script: not where the server draws the first view. */
const canRoll = 'document' in globalThis;
/** Vite's convention for handing the page's nonce to scripts that make styles. */
const nonce = globalThis.document?.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

const calmMsMin = 1500;
const rolling = { duration: 360, easing: 'cubic-bezier(0.22, 1, 0.36, 1)' };

/** For the element around: as many characters as there are at most, and room for a separator that hangs below the digits. */
export function countLook(most: string, chars: number): CSSProperties {
  return { '--chars': chars, '--tail': most.includes(',') ? '0.13em' : '0em' } as CSSProperties;
}

/** Falls by rolling digits. These are drawn in a shadow tree, so readers and tests get the plain number beside it. */
export function CountNumber(props: { value: number; testId: string }) {
  const { formats } = useLanguage();
  const text = formats.number(props.value);
  const calm = useCalm(props.value);
  return (
    <>
      <span aria-hidden="true" dir="ltr">
        {formats.rolls && canRoll ? (
          <NumberFlow
            value={props.value}
            locales={[...formats.locales]}
            trend={-1}
            animated={calm}
            spinTiming={rolling}
            transformTiming={rolling}
            opacityTiming={{ duration: 200, easing: 'ease-out' }}
            {...(nonce === undefined || nonce === '' ? {} : { nonce })}
          />
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

/** A change that comes soon after another one is part of a rush: to roll through all of it takes more work than it shows. */
function useCalm(value: number): boolean {
  const last = useRef({ value, changedAt: Number.NEGATIVE_INFINITY, calm: true });
  if (last.current.value !== value) {
    const now = performance.now();
    last.current = { value, changedAt: now, calm: now - last.current.changedAt >= calmMsMin };
  }
  return last.current.calm;
}
