import { useSyncExternalStore } from 'react';

export const parts = ['setup', 'control', 'watch', 'after'] as const;
export type Part = (typeof parts)[number];

const first: Part = 'control';

function partOfAddress(): Part {
  const named = location.hash.slice(1);
  return parts.find((part) => part === named) ?? first;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The part that the address names, so that a reload, the way back and a link lead to it. */
export function usePart(): Part {
  return useSyncExternalStore(subscribe, partOfAddress);
}
