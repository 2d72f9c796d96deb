import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Services } from './private-services.ts';

/** Leaves the services' addresses in the data directory while they run, for `npm run audit`; they hold passwords, so for us alone. */
export function publishServices(
  dataDir: string,
  { redisUrl, mongodbUri }: Pick<Services, 'redisUrl' | 'mongodbUri'>,
): Disposable {
  const file = join(dataDir, 'services.json');
  writeFileSync(file, JSON.stringify({ redisUrl, mongodbUri }), { mode: 0o600 });
  return {
    [Symbol.dispose]() {
      rmSync(file, { force: true });
    },
  };
}
