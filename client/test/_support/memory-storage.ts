import type { Storage } from '../../src/storage.ts';

export function memoryStorage(): Storage & { size: () => number } {
  const entries = new Map<string, string>();
  return {
    read: (key) => entries.get(key) ?? null,
    write: (key, value) => void entries.set(key, value),
    remove: (key) => void entries.delete(key),
    size: () => entries.size,
  };
}
