import { moneyFormatter, moneyOf } from '@flipzon/protocol/money.ts';
import { printBanner } from './banner.ts';
import { openShop } from './open-shop.ts';
import { say } from './say.ts';
import { readSettings } from './settings.ts';
import { aborted } from './shop/aborted.ts';
import type { Shop } from './shop/run-shop.ts';
import { hasSale, startSale } from './shop/sale-api.ts';

/** `npm start`: the shop, until Ctrl-C. */
export async function start(): Promise<number> {
  const startedAt = Date.now();
  const settings = readSettings(process.env);
  const exitCode = await openShop(settings, async (shop, signals) => {
    const lines = settings.firstSale ? await scheduleFirstSale(shop) : [];
    printBanner(shop, { settings, tookMs: Date.now() - startedAt, lines });
    await aborted(signals.stopping);
    return 0;
  });
  say('Stopped.');
  return exitCode;
}

/** Gives a shop that has no sale yet the default one; the shop runs on when that fails. */
async function scheduleFirstSale({ url, operatorToken }: Shop): Promise<string[]> {
  try {
    if (operatorToken === null || (await hasSale(url))) return [];
    const { quantity, product, startsAt } = await startSale(url, await operatorToken());
    const price = moneyFormatter(['en'])(moneyOf(product));
    return [`Sale      ${quantity} × ${product.name} at ${price}, opens ${startsAt}`];
  } catch (error) {
    return [`Sale      none: ${error instanceof Error ? error.message : String(error)}`];
  }
}
