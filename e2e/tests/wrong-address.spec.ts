import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { noSettings } from '@flipzon/protocol/settings.ts';
import { expect, test } from '../fixtures.ts';
import { setSettings } from '../support/shop-api.ts';

const maintenancePage = fileURLToPath(new URL('../../deploy/maintenance.html', import.meta.url));

test.afterEach(({ shop }) => setSettings(shop, noSettings));

test('a mistyped address shows a page in the shop’s look, two steps from the sale', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper({ viewport: { width: 320, height: 640 } });
  const { page } = ana;
  const answered = page.waitForResponse((response) => response.url().endsWith('/bord'));
  await ana.visit('/bord');
  expect((await answered).status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.getByRole('link', { name: 'To the shop' }).click();
  await ana.expectState('live');
  await ana.visit('/board/');
  await expect(page.locator('[data-page="board"]')).toBeVisible();
});

test('without JavaScript, a mistyped address shows the shop’s name, its colours and a link to the sale', async ({
  browser,
  operator,
  shop,
}) => {
  await operator.start({ quantity: 5 });
  await setSettings(shop, { name: 'Kiosk Nord', colours: { accent: '#1d4ed8', backdrop: null } });
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE' });
  const page = await context.newPage();
  const answer = await page.goto(`${shop.nodes[0].url}/bord`);
  expect(answer?.status()).toBe(404);
  await expect(page).toHaveTitle('Seite nicht gefunden · Kiosk Nord');
  await expect(page.getByRole('heading', { name: 'Seite nicht gefunden' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Kiosk Nord' })).toBeVisible();
  await expect(page.getByText('JavaScript')).toHaveCount(0);
  const link = page.getByRole('link', { name: 'Zum Shop' });
  await expect(link).toHaveCSS('background-color', 'rgb(29, 78, 216)');
  await link.click();
  expect(new URL(page.url()).pathname).toBe('/');
  await context.close();
});

test('the maintenance page is accessible, fits a phone, and opens the shop once it is back', async ({
  browser,
}) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
  const page = await context.newPage();
  await page.clock.install();
  let isBack = false;
  await page.route('**/*', (route) =>
    isBack
      ? route.fulfill({ contentType: 'text/html', body: '<h1>Open</h1>' })
      : route.fulfill({ status: 503, contentType: 'text/html', path: maintenancePage }),
  );
  await page.goto('http://shop.example/console');
  await expect(page.getByRole('heading', { name: 'Back soon' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const asked = page.waitForResponse((response) => response.request().method() === 'HEAD');
  await page.clock.fastForward(20_000);
  expect((await asked).status()).toBe(503);
  isBack = true;
  await page.clock.fastForward(20_000);
  await expect(page.getByRole('heading', { name: 'Open' })).toBeVisible();
  await context.close();
});

test('if the page’s script is not found, as below a path, the page says so', async ({ page, shop }) => {
  const { url } = shop.nodes[0];
  await page.route('**/assets/*.js', (route) => route.fulfill({ status: 404 }));
  for (const path of ['/', '/board']) {
    await page.goto(`${url}${path}`);
    const notice = page.locator('#unloaded');
    await expect(notice).toContainText('it needs its own host name');
    // Not at once: on a slow line the script is only late.
    await expect(notice).toBeHidden();
    await page.evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish();
    });
    await expect(notice).toBeVisible();
  }
  await page.unrouteAll();
  await page.goto(url);
  await expect(page.locator('#unloaded')).toHaveCount(0);
});
