import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compiledDir } from '@flipzon/local-services/cache-dir.ts';

const root = join(import.meta.dirname, '..');

/** The nodes serve the built page: without one, every test would fail with a riddle. */
export default function globalSetup(): void {
  // The shops' nodes are started from what Node has compiled before; those of vitest keep it there too.
  process.env.NODE_COMPILE_CACHE ??= compiledDir;
  const clientDir = process.env.CLIENT_DIR ?? join(root, 'client', 'dist');
  if (!existsSync(join(clientDir, 'index.html'))) {
    throw new Error(`No built page in ${clientDir}: run "pnpm --filter @flipzon/client build" first.`);
  }
}
