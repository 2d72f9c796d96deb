import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What Node has compiled of the server, for its next start: the shop's nodes and those of the tests share it. */
export const compiledDir = fileURLToPath(
  new URL('../../server/node_modules/.cache/compiled', import.meta.url),
);

/** Where what was built or downloaded once is kept, outside of the checkout, so that a fresh clone starts quickly. */
export function cacheDir(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'flipzon');
}
