import { type RefObject, useRef, useState } from 'react';
import { useFocus } from '../parts/use-focus.ts';

export interface PlansOutcome {
  done: 'plan' | 'drop' | null;
  element: RefObject<HTMLParagraphElement | null>;
  /** Says it above the list, and moves the focus there: what was pressed may be far from it, or gone. */
  say(done: 'plan' | 'drop'): void;
}

export function usePlansOutcome(): PlansOutcome {
  const [done, setDone] = useState<'plan' | 'drop' | null>(null);
  const element = useRef<HTMLParagraphElement>(null);
  const focus = useFocus(element);
  return {
    done,
    element,
    say(next) {
      setDone(next);
      focus();
    },
  };
}
