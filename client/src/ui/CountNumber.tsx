import NumberFlow from '@number-flow/react';
import { useLanguage } from '../text/language.ts';

/** Vite's convention for handing the page's nonce to scripts that make styles. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

const rolling = { duration: 420, easing: 'cubic-bezier(0.22, 1, 0.36, 1)' };

/** Falls by rolling digits. These are drawn in a shadow tree, so readers and tests get the plain number beside it. */
export function CountNumber(props: { value: number; testId: string }) {
  const { formats } = useLanguage();
  const text = formats.number(props.value);
  return (
    <>
      <span aria-hidden="true" dir="ltr">
        {formats.rolls ? (
          <NumberFlow
            value={props.value}
            locales={[...formats.locales]}
            trend={-1}
            spinTiming={rolling}
            transformTiming={rolling}
            opacityTiming={{ duration: 200, easing: 'ease-out' }}
            {...(nonce === undefined || nonce === '' ? {} : { nonce })}
          />
        ) : (
          text
        )}
      </span>
      <data className="sr-only" data-testid={props.testId} value={props.value}>
        {text}
      </data>
    </>
  );
}
