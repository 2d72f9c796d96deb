import type { ReactNode } from 'react';

/** What the shop or a program says in its own words: read as English, and from left to right, on every page. */
export function InEnglish(props: { className?: string; children: ReactNode }) {
  return (
    <span lang="en" dir="ltr" className={`block rtl:text-right ${props.className ?? ''}`}>
      {props.children}
    </span>
  );
}
