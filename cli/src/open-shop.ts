import { say } from './say.ts';
import { prepare } from './set-up.ts';
import type { Settings } from './settings.ts';
import { aborted } from './shop/aborted.ts';
import { assertPortFree } from './shop/assert-port-free.ts';
import { lockDataDir } from './shop/data-lock.ts';
import { runShop, type Shop } from './shop/run-shop.ts';
import { listenForStop, type StopSignals } from './shop/stop-signals.ts';

/** Sets up, runs the shop, lets `use` work with it, and stops everything in order; the exit code. */
export async function openShop(
  settings: Settings,
  use: (shop: Shop, signals: StopSignals) => Promise<number>,
): Promise<number> {
  await assertPortFree(settings.port, settings.host);
  using _lock = lockDataDir(settings.dataDir, settings.port);
  const parts = await prepare(settings);
  using signals = listenForStop();
  // What is left when even the forced end takes too long: the children notice that we are gone.
  signals.forced.addEventListener('abort', () => setTimeout(() => process.exit(1), 5_000).unref());
  try {
    await using shop = await runShop(settings, parts, signals);
    const exitCode = await Promise.race([use(shop, signals), aborted(signals.stopping).then(() => 0)]);
    say('\nStopping: the nodes drain, then the databases stop …');
    return exitCode;
  } catch (error) {
    // A start that was interrupted has not failed.
    if (signals.stopping.aborted) return 0;
    throw error;
  }
}
