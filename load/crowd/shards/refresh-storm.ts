import type { HttpClient } from '../../shared/http-client.ts';
import type { Random } from '../../shared/random.ts';
import { sleep } from '../../shared/sleep.ts';
import { increment, type TallyCounts } from '../measure/tally.ts';
import type { Watcher } from './connect-spectator.ts';

const everyMs = 1_000;
const statusTimeoutMs = 10_000;

/**
 * Spectators who keep reloading the page: each asks `GET /status` and comes back with a new socket, about once a second, until
 * `isOver`. Resolves when all are back.
 */
export async function refreshStorm(
  watchers: readonly Watcher[],
  https: ReadonlyMap<string, HttpClient>,
  random: Random,
  tally: TallyCounts,
  isOver: () => boolean,
): Promise<void> {
  const clients = [...https.values()];
  await Promise.all(
    watchers.map(async ({ connection }, i) => {
      const http = clients[i % clients.length];
      while (!isOver()) {
        await sleep(everyMs * (0.5 + random()));
        const [status, connected] = await Promise.all([
          http?.({ method: 'GET', path: '/status', timeoutMs: statusTimeoutMs }),
          connection.reload(),
        ]);
        const isWell = status?.code === 'answered' && status.status === 200 && connected.ok;
        increment(tally.reloads, isWell ? 'well' : 'failed');
      }
    }),
  );
}
