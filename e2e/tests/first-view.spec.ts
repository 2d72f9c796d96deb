import { gzipSync } from 'node:zlib';
import { expect, test } from '../fixtures.ts';

const firstViewKbMax = 120;

test('the shop’s first view takes at most 120 KB of script, nothing of board and console, and one font', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper();
  const scripts = new Map<string, Promise<Buffer>>();
  const fonts: string[] = [];
  ana.page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body());
    if (response.request().resourceType() === 'font') fonts.push(response.url());
  });
  await ana.open();
  await ana.expectState('live');
  const sizes = await Promise.all(
    [...scripts.values()].map(async (body) => gzipSync(await body, { level: 9 }).length),
  );
  expect(sizes.length).toBeGreaterThan(0);
  const kb = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1024;
  console.log(`  first view: ${kb.toFixed(1)} KB of script, gzipped`);
  expect(kb).toBeLessThanOrEqual(firstViewKbMax);
  expect([...scripts.keys()].filter((url) => /console|Watch|Board/i.test(url))).toEqual([]);
  await ana.page.evaluate(() => document.fonts.ready);
  expect(fonts).toEqual([expect.stringMatching(/geist-latin-/)]);
});

test('the first count, in my language, is there with the script: nothing is asked for after it', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const asha = await shopper({ token: null, locale: 'hi-IN' });
  // No other way brings a count.
  await asha.page.routeWebSocket(/socket\.io/, () => undefined);
  await asha.page.route('**/status', () => undefined);
  await asha.visit();
  await asha.expectState('live');
  await asha.expectRemaining(5);
  await expect(asha.page.locator('html')).toHaveAttribute('lang', 'hi');
  const later = await asha.page.evaluate(() => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const main = document.querySelector<HTMLScriptElement>('script[type=module]')?.src;
    const arrived = entries.find(({ name }) => name === main)?.responseEnd ?? 0;
    const scripts = entries.filter(({ name }) => name.endsWith('.js'));
    return { scripts: scripts.length, after: scripts.filter(({ startTime }) => startTime >= arrived).length };
  });
  expect(later.scripts).toBeGreaterThan(1);
  expect(later.after).toBe(0);
});
