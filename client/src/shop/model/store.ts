import type { Model } from './model.ts';
import type { News } from './news.ts';
import { reduce } from './reduce.ts';

/** Holds the model, without React: it takes news and notifies listeners. */
export interface Store {
  get(): Model;
  tell(news: News): void;
  subscribe(listener: () => void): () => void;
}

export function createStore(initial: Model): Store {
  let model = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => model,
    tell(news) {
      const next = reduce(model, news);
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
