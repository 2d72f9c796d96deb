import { printBanner } from './banner.ts';
import { openShop } from './open-shop.ts';
import { say } from './say.ts';
import { readSettings } from './settings.ts';
import { aborted } from './shop/pause.ts';
import { hasSale, startSale } from './shop/sale-api.ts';

/** `npm start`: the shop, until Ctrl-C. */
export async function start(): Promise<number> {
  const startedAt = Date.now();
  const settings = readSettings(process.env);
  const exitCode = await openShop(settings, async (shop, signals) => {
    const lines: string[] = [];
    if (settings.demoLogin && !(await hasSale(shop.url))) {
      const sale = await startSale(shop.url);
      lines.push(
        `Scheduled ${sale.quantity} × ${sale.product.name} at ${sale.product.price}, opening ${sale.startsAt}`,
      );
    }
    printBanner(shop, { demoLogin: settings.demoLogin, tookMs: Date.now() - startedAt, lines });
    await aborted(signals.stopping);
    return 0;
  });
  say('Stopped.');
  return exitCode;
}
