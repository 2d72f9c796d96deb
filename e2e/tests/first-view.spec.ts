import { gzipSync } from 'node:zlib';
import type { Page, Route } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { inSeconds } from '../support/shop-api.ts';

const firstViewKbMax = 110;

test('the shop’s first view takes at most 110 KB of script, nothing of board, console and sign-in, and one font', async ({
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
  expect([...scripts.keys()].filter((url) => /console|watch|board|sign-?in/i.test(url))).toEqual([]);
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

test('product, time and count are there before any script, and stay where they are when it comes', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 50, startsAt: inSeconds(600) });
  const asha = await shopper({ token: null, locale: 'de-DE', viewport: { width: 1280, height: 800 } });
  const { page } = asha;
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const scripts = await holdScripts(page);
  await asha.visit('/', 'commit');
  const view = page.locator('[data-first-view]');
  await expect(view.getByRole('heading', { name: 'iPhone' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page).toHaveTitle(/^iPhone/);
  await expect(view).toContainText('50 Stück');
  const timer = view.getByRole('timer');
  const before = await timer.textContent();
  await expect(timer).not.toHaveText(before ?? '');
  await expect(timer).toHaveText(/^09:\d\d$/);
  await expect(view.getByRole('button', { disabled: false })).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  const places = () =>
    page.evaluate(() =>
      ['h1', '[role=timer]', '[data-buy]', 'footer p'].map((each) => {
        const box = document.querySelector(each)?.getBoundingClientRect();
        return [box?.x ?? 0, box?.y ?? 0];
      }),
    );
  const first = await places();
  await scripts.release();
  await asha.expectState('countdown');
  await expect(view).toHaveCount(0);
  await expect(page.getByRole('timer')).toHaveText(/^09:\d\d$/);
  const later = await places();
  const moved = later.flatMap((place, index) =>
    place.map((at, axis) => Math.abs(at - (first[index]?.[axis] ?? 0))),
  );
  expect(Math.max(...moved)).toBeLessThan(10);
  expect(errors).toEqual([]);
});

test('on a line of 400 kbit/s, the first paint does not wait for the script', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 50 });
  const asha = await shopper({ token: null });
  const cdp = await asha.context.newCDPSession(asha.page);
  await cdp.send('Network.enable');
  const bytesPerSecond = 400_000 / 8;
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await asha.visit();
  await asha.expectState('live');
  await asha.expectRemaining(50);
  const { paintMs, scriptMs, bytes } = await asha.page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const scripts = entries.filter(({ name }) => name.endsWith('.js'));
    const [page] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return {
      paintMs: paint?.startTime ?? Number.NaN,
      scriptMs: Math.max(...scripts.map(({ responseEnd }) => responseEnd)),
      bytes:
        (page?.encodedBodySize ?? 0) + entries.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    };
  });
  console.log(
    `  first paint after ${paintMs.toFixed(0)} ms, script after ${scriptMs.toFixed(0)} ms, ${(bytes / 1024).toFixed(0)} KB`,
  );
  expect(paintMs).toBeLessThan(scriptMs);
  // Uncompressed it was 427 KB.
  expect(bytes / 1024).toBeLessThan(200);
});

/** Scripts do not come until they are released. */
async function holdScripts(page: Page): Promise<{ release(): Promise<void> }> {
  let held: Route[] | null = [];
  await page.route('**/*.js', async (route) => {
    if (held === null) await route.continue();
    else held.push(route);
  });
  return {
    async release() {
      const waiting = held ?? [];
      held = null;
      await Promise.all(waiting.map((route) => route.continue()));
    },
  };
}
