import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { printBanner } from './banner.ts';
import { FatalError } from './fatal.ts';
import { openShop } from './open-shop.ts';
import { root } from './root.ts';
import { say } from './say.ts';
import { readSettings } from './settings.ts';
import { aborted } from './shop/aborted.ts';
import { startSale } from './shop/sale-api.ts';

const OPENS_IN_MS = 10_000;
const NODES = 2;
const BUYERS = 1_500;
const SPECTATORS = 200;
/** Slower than a real crowd, so that the count is seen to fall and whoever watches has a fair chance to buy. */
const SPREAD_MS = 15_000;

/** `npm run demo`: a sale that opens in 10 seconds, and a crowd that is simulated and says so. */
export async function demo(args: string[]): Promise<number> {
  const startedAt = Date.now();
  const settings = readSettings(process.env, { nodes: NODES, isDemo: true });
  const exitCode = await openShop(settings, async (shop, signals) => {
    const startsAt = new Date(Date.now() + OPENS_IN_MS).toISOString();
    if (shop.operatorToken === null)
      throw new FatalError('The demo signs its own tokens. Leave JWT_JWKS_URL out for it.');
    const sale = await startSale(shop.url, await shop.operatorToken(), { startsAt, simulated: true });
    printBanner(shop, {
      settings,
      tookMs: Date.now() - startedAt,
      lines: [
        `Sale      ${sale.quantity} × ${sale.product.name}, opens at ${sale.startsAt}, in ${OPENS_IN_MS / 1_000} seconds`,
        `Crowd     SIMULATED: ${BUYERS} shoppers and ${SPECTATORS} spectators, no real customers`,
      ],
    });
    await runCrowd(shop.url, args, signals.stopping);
    if (!signals.stopping.aborted) say('The simulated crowd has gone; the shop stays open until Ctrl-C.');
    await aborted(signals.stopping);
    return 0;
  });
  say('Stopped.');
  return exitCode;
}

function runCrowd(url: string, args: string[], stopping: AbortSignal): Promise<void> {
  const sizes = [
    '--buyers',
    String(BUYERS),
    '--spectators',
    String(SPECTATORS),
    '--spread-ms',
    String(SPREAD_MS),
  ];
  const crowd = spawn(
    process.execPath,
    [join(root, 'load', 'crowd', 'main.ts'), '--url', url, ...sizes, '--label', ...args],
    { stdio: 'inherit' },
  );
  stopping.addEventListener('abort', () => crowd.kill('SIGTERM'));
  return new Promise((resolve) => {
    crowd.once('error', () => resolve());
    crowd.once('exit', () => resolve());
  });
}
