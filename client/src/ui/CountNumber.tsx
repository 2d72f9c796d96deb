import NumberFlow from '@number-flow/react';

/** Vite's convention for handing the page's nonce to scripts that make styles. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

/** Falls by rolling digits. These are drawn in a shadow tree, so readers and tests get the plain number beside it. */
export function CountNumber(props: { value: number; text: string; testId: string }) {
  return (
    <>
      <span aria-hidden="true">
        <NumberFlow
          value={props.value}
          locales={[...navigator.languages]}
          trend={-1}
          spinTiming={{ duration: 420, easing: 'cubic-bezier(0.22, 1, 0.36, 1)' }}
          transformTiming={{ duration: 420, easing: 'cubic-bezier(0.22, 1, 0.36, 1)' }}
          opacityTiming={{ duration: 200, easing: 'ease-out' }}
          willChange
          {...(nonce === undefined || nonce === '' ? {} : { nonce })}
        />
      </span>
      <data className="sr-only" data-testid={props.testId} value={props.value}>
        {props.text}
      </data>
    </>
  );
}
