import { readJson, type Storage } from '../../storage.ts';
import type { Store } from '../model/store.ts';
import type { Choice } from '../model/variants.ts';

const key = 'flipzon.choice';

/** Chooses a variant of the sale on the page, also for after a reload. */
export function keepChoice(store: Store, storage: Storage, sku: string): void {
  const saleId = store.get().sale?.id;
  if (saleId === undefined) return;
  const choice = { saleId, sku };
  storage.write(key, JSON.stringify(choice));
  store.dispatch({ type: 'chosen', choice });
}

export function keptChoice(storage: Storage): Choice | null {
  const value = readJson<Choice>(storage, key);
  return typeof value?.saleId === 'string' && typeof value.sku === 'string' ? (value as Choice) : null;
}
