import type { Action } from './action.ts';
import type { Model } from './model.ts';
import { reduce } from './reduce.ts';

/** Holds the model, without React: it takes actions and notifies listeners. */
export interface Store {
  get(): Model;
  dispatch(action: Action): void;
  subscribe(listener: () => void): () => void;
}

export function createStore(initial: Model): Store {
  let model = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => model,
    dispatch(action) {
      const next = reduce(model, action);
      if (next !== model) {
        model = next;
        for (const listener of listeners) {
          listener();
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
