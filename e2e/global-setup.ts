import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The nodes serve the built page: without one, every test would fail with a riddle. */
export default function globalSetup(): void {
  const clientDir = process.env.CLIENT_DIR ?? join(import.meta.dirname, '..', 'client', 'dist');
  if (!existsSync(join(clientDir, 'index.html'))) {
    throw new Error(`No built page in ${clientDir}: run "pnpm --filter @flipzon/client build" first.`);
  }
}
