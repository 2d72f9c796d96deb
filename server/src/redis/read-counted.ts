import type { RedisClient } from './connections.ts';

/** Fields of a state hash with the counts of its variants, read at once; null where the product has none. */
export async function readCounted(
  redis: RedisClient,
  key: string,
  fields: readonly string[],
): Promise<{ state: (string | null)[]; counts: number[] | null }> {
  const [variants, ...state] = await redis.hmget(key, 'variants', ...fields);
  // It never changes. Without variants one command is enough.
  if (variants == null) return { state, counts: null };
  const places = Array.from({ length: Number(variants) }, (_, index) => `remaining:${index + 1}`);
  const both = await redis.hmget(key, ...fields, ...places);
  return { state: both.slice(0, fields.length), counts: both.slice(fields.length).map(Number) };
}
