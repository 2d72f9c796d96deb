import type { ReactNode } from 'react';

/** What may be wider or longer than its place, to be scrolled by keys as well. */
export function Scroll(props: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus nobody could scroll it by keys.
    <section aria-label={props.label} tabIndex={0} className={`overflow-auto ${props.className ?? ''}`}>
      {props.children}
    </section>
  );
}
