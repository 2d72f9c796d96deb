import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what was built or downloaded once is kept, outside of the checkout, so that a fresh clone starts quickly. */
export function cacheDir(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'flipzon');
}
