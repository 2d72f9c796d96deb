/** `localStorage`, which may be forbidden or full: the shop then still works, but forgets everything with the tab. */
export interface Storage {
  read(key: string): string | null;
  write(key: string, value: string): void;
  remove(key: string): void;
}

export const deviceStorage: Storage = {
  read: (key) => attempt(() => localStorage.getItem(key)),
  write: (key, value) => void attempt(() => localStorage.setItem(key, value)),
  remove: (key) => void attempt(() => localStorage.removeItem(key)),
};

/** What is stored as JSON, of any shape; null for nothing, and for what is not JSON. */
export function readJson<T>(storage: Storage, key: string): Partial<T> | null {
  return attempt(() => JSON.parse(storage.read(key) ?? 'null'));
}

function attempt<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
