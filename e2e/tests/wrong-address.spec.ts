import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures.ts';

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
