import type { ReactNode } from 'react';

/** Text of the shop or a program, which is English and left to right on every page. */
export function InEnglish(props: { className?: string; children: ReactNode }) {
  return (
    <span lang="en" dir="ltr" className={`block rtl:text-right ${props.className ?? ''}`}>
      {props.children}
    </span>
  );
}
