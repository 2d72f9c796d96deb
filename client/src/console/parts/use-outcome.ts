import { type RefObject, useRef, useState } from 'react';
import { useFocus } from './use-focus.ts';

export interface OutcomeShown<Kind> {
  done: Kind | null;
  element: RefObject<HTMLParagraphElement | null>;
  /** Says it, and moves the focus there: what was pressed may be far from it, or gone with what it did. */
  say(done: Kind): void;
  /** Something else is tried now. */
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
