import { type ReactNode, useRef } from 'react';
import { type Overflow, useOverflow } from './use-overflow.ts';

const edges: Record<keyof Overflow, { place: string; arrow: string }> = {
  start: {
    place: 'inset-y-0 start-0 w-8 justify-start bg-linear-to-r rtl:bg-linear-to-l',
    arrow: 'rotate-180 rtl:rotate-0',
  },
  end: {
    place: 'inset-y-0 end-0 w-8 justify-end bg-linear-to-l rtl:bg-linear-to-r',
    arrow: 'rtl:rotate-180',
  },
  above: { place: 'inset-x-0 top-0 h-8 items-start justify-center bg-linear-to-b', arrow: '-rotate-90' },
  below: { place: 'inset-x-0 bottom-0 h-8 items-end justify-center bg-linear-to-t', arrow: 'rotate-90' },
};

/** Content that may be larger than its box: it fades out, with an arrow, where there is more, and can also be scrolled by keyboard. */
export function Scroll(props: { label: string; className?: string; children: ReactNode }) {
  const box = useRef<HTMLElement>(null);
  const overflow = useOverflow(box);
  const scrolls = Object.values(overflow).some((more) => more);
  return (
    <div className={`relative min-w-0 ${props.className ?? ''}`}>
      <section
        ref={box}
        aria-label={props.label}
        // It needs focus to be scrolled by keyboard. If everything is visible, it is no tab stop.
        {...(scrolls && { tabIndex: 0 })}
        className="relative max-h-[inherit] overflow-auto"
      >
        {props.children}
      </section>
      {(Object.keys(edges) as (keyof Overflow)[]).map(
        (side) =>
          overflow[side] && (
            <span
              key={side}
              aria-hidden="true"
              data-more={side}
              className={`pointer-events-none absolute flex items-center from-card from-40% to-transparent text-ink ${edges[side].place}`}
            >
              <svg
                viewBox="0 0 10 10"
                aria-hidden="true"
                className={`m-0.5 size-3.5 shrink-0 ${edges[side].arrow}`}
                fill="none"
                stroke="currentColor"
                strokeWidth="1.8"
                strokeLinecap="round"
                strokeLinejoin="round"
              >
                <path d="M3.500 1.500 7 5 3.500 8.500" />
              </svg>
            </span>
          ),
      )}
    </div>
  );
}
