import { type RefObject, useEffect, useState } from 'react';

export interface Overflow {
  start: boolean;
  end: boolean;
  above: boolean;
  below: boolean;
}

const none: Overflow = { start: false, end: false, above: false, below: false };

/** On which sides of a box that scrolls there is more than it shows. */
export function useOverflow(box: RefObject<HTMLElement | null>): Overflow {
  const [overflow, setOverflow] = useState(none);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () => {
      const now = overflowOf(element);
      setOverflow((known) => (Object.keys(now).every((side) => same(known, now, side)) ? known : now));
    };
    const observer = new ResizeObserver(look);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [box]);
  return overflow;
}

function same(one: Overflow, other: Overflow, side: string): boolean {
  return one[side as keyof Overflow] === other[side as keyof Overflow];
}

/** A pixel or less is the rounding of a zoomed page. In right-to-left pages `scrollLeft` runs from 0 down. */
function overflowOf(element: HTMLElement): Overflow {
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = element;
  const along = Math.abs(scrollLeft);
  return {
    start: along > 1,
    end: scrollWidth - clientWidth - along > 1,
    above: scrollTop > 1,
    below: scrollHeight - clientHeight - scrollTop > 1,
  };
}
