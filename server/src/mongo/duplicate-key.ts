/** Whether this write made the document; false if one with its key already exists. Rejects on any other error. */
export async function unlessThere(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Checks only the code, which every MongoDB-compatible server sends; `keyPattern` is not sent by all. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
}
