import { type RefObject, useCallback, useEffect, useState } from 'react';

/**
 * Moves the focus once what was set in the same moment is on the page: while a dialog is still open nothing outside of it can have the focus,
 * and neither can what is not shown yet.
 */
export function useFocus(element: RefObject<HTMLElement | null>): () => void {
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (asked > 0) element.current?.focus();
  }, [asked, element]);
  return useCallback(() => setAsked((times) => times + 1), []);
}
