import { useSyncExternalStore } from 'react';

export const parts = ['setup', 'control', 'watch', 'customers', 'after'] as const;
export type Part = (typeof parts)[number];

const first: Part = 'control';

function partOfAddress(): Part {
  const [named] = location.hash.slice(1).split('/', 1);
  return parts.find((part) => part === named) ?? first;
}

/** `#customers/ID`: the customer whose page is shown. */
function customerOfAddress(): string | null {
  const [, encoded] = /^#customers\/(.+)$/s.exec(location.hash) ?? [];
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

export function addressOfCustomer(customerId: string): string {
  return `#customers/${encodeURIComponent(customerId)}`;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The part that the address names, so that a reload, the way back and a link lead to it. */
export function usePart(): Part {
  return useSyncExternalStore(subscribe, partOfAddress);
}

export function useChosenCustomer(): string | null {
  return useSyncExternalStore(subscribe, customerOfAddress);
}
