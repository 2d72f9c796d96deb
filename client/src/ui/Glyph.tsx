import type { ReactNode } from 'react';

/** A line drawing of 20 by 20 in the colour of the text beside it, which says what it means. */
export function Glyph(props: { strokeWidth?: number; children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      className="size-4.5"
      fill="none"
      stroke="currentColor"
      strokeWidth={props.strokeWidth ?? 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {props.children}
    </svg>
  );
}
