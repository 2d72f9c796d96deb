import { useSyncExternalStore } from 'react';

const dark = matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  dark.addEventListener('change', listener);
  return () => dark.removeEventListener('change', listener);
}

/** A canvas does not follow the colours of the page by itself. */
export function useDarkness(): boolean {
  return useSyncExternalStore(subscribe, () => dark.matches);
}
