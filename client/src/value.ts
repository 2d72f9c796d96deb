import { useSyncExternalStore } from 'react';

/** An observable value. */
export interface Value<Content> {
  get(): Content;
  set(next: Content): void;
  subscribe(listener: () => void): () => void;
}

export function createValue<Content>(first: Content): Value<Content> {
  let content = first;
  const listeners = new Set<() => void>();
  return {
    get: () => content,
    set(next) {
      if (Object.is(next, content)) return;
      content = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export function useValue<Content>(value: Pick<Value<Content>, 'get' | 'subscribe'>): Content {
  return useSyncExternalStore(value.subscribe, value.get, value.get);
}
