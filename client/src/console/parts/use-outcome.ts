import { type RefObject, useRef, useState } from 'react';
import { useFocus } from './use-focus.ts';

export interface OutcomeShown<Kind> {
  done: Kind | null;
  element: RefObject<HTMLParagraphElement | null>;
  /** Shows the outcome and moves the focus to it: the pressed button may be far away, or gone. */
  say(done: Kind): void;
  /** Clears the outcome when something else is tried. */
  clear(): void;
}

/** For an `OutcomeLine`: what was done last. */
export function useOutcome<Kind>(): OutcomeShown<Kind> {
  const [done, setDone] = useState<Kind | null>(null);
  const element = useRef<HTMLParagraphElement>(null);
  const focus = useFocus(element);
  return {
    done,
    element,
    clear: () => setDone(null),
    say(next) {
      setDone(next);
      focus();
    },
  };
}
