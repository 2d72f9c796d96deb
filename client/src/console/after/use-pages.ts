import { useState } from 'react';

export interface Pages {
  /** Where the page that is shown begins; undefined on the first. */
  cursor: string | undefined;
  /** From 1. */
  number: number;
  first(): void;
  previous(): void;
  next(cursor: string): void;
}

/** Goes through a list whose pages are known only by where the next one begins. */
export function usePages(): Pages {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  return {
    cursor: cursors.at(-1),
    number: cursors.length + 1,
    first: () => setCursors([]),
    previous: () => setCursors(cursors.slice(0, -1)),
    next: (cursor) => setCursors([...cursors, cursor]),
  };
}
