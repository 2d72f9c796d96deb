/** Checks only the code, which every MongoDB-compatible server sends; `keyPattern` is not sent by all. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
}
