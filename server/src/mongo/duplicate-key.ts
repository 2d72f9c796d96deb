/** The code is all that every MongoDB-compatible server gives; `keyPattern` is not. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
}
