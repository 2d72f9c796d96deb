import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { printBanner } from './banner.ts';
import { FatalError } from './fatal.ts';
import { openShop } from './open-shop.ts';
import { root } from './root.ts';
import { say } from './say.ts';
import { readSettings } from './settings.ts';
import { aborted } from './shop/aborted.ts';
import { awaitVisitor, visitorAwaitedMsMax } from './shop/await-visitor.ts';
import { firstVisitor } from './shop/first-visitor.ts';
import { moveOpening, startSale } from './shop/sale-api.ts';

/** Enough time to open a browser. The sale waits for its first visitor. */
const OPENS_IN_MS = 60_000;
const NODES = 2;
const BUYERS = 1_500;
const SPECTATORS = 200;
/** Slower than a real crowd, so that a visitor sees the count fall and has a fair chance to buy. */
const SPREAD_MS = 15_000;

/** `npm run demo`: a sale that opens within a minute of its page being opened, with a crowd marked as simulated. */
export async function demo(args: string[]): Promise<number> {
  const startedAt = Date.now();
  const settings = readSettings(process.env, { nodes: NODES, isDemo: true });
  const exitCode = await openShop(settings, async (shop, signals) => {
    if (shop.operatorToken === null)
      throw new FatalError('The demo signs its own tokens. Unset JWT_JWKS_URL to run it.');
    const token = await shop.operatorToken();
    const sale = await startSale(shop.url, token, { startsAt: inMs(OPENS_IN_MS), simulated: true });
    printBanner(shop, {
      settings,
      tookMs: Date.now() - startedAt,
      lines: [
        `Sale      ${sale.quantity} × ${sale.product.name}, opens in ${OPENS_IN_MS / 1_000} seconds; until its page is open, it waits up to ${visitorAwaitedMsMax / 60_000} minutes`,
        `Crowd     SIMULATED: ${BUYERS} shoppers and ${SPECTATORS} spectators, no real customers`,
      ],
    });
    await awaitVisitor({
      opensAt: Date.parse(sale.startsAt),
      firstVisitor: (isOver) => firstVisitor(shop.url, isOver),
      async putOff() {
        const startsAt = inMs(OPENS_IN_MS);
        await moveOpening(shop.url, token, sale.id, startsAt);
        return Date.parse(startsAt);
      },
      stopping: signals.stopping,
    });
    await runCrowd(shop.url, args, signals.stopping);
    if (!signals.stopping.aborted) say('The simulated crowd has left; the shop stays open until Ctrl-C.');
    await aborted(signals.stopping);
    return 0;
  });
  say('Stopped.');
  return exitCode;
}

function inMs(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
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
