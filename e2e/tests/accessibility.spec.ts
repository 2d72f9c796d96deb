import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { inSeconds } from '../support/shop-api.ts';

test('on a phone 320 pixels wide, Buy is under my thumb without scrolling', async ({ operator, shopper }) => {
  await operator.start({ quantity: 1000 });
  const ana = await shopper({ viewport: { width: 320, height: 640 } });
  await ana.open();
  await expect(ana.buy).toBeInViewport({ ratio: 1 });
  const box = await ana.buy.boundingBox();
  expect(box?.height ?? 0).toBeGreaterThanOrEqual(44);
});

test('in a whole sale, a screen reader announces six things, each once', async ({
  operator,
  shopper,
  crowd,
}) => {
  const sale = await operator.start({ startsAt: inSeconds(3600), quantity: 20 });
  const ana = await shopper();
  await ana.open();
  await ana.expectState('countdown');
  const buyers = await crowd(20, { node: 1 });
  await operator.reschedule(sale.id, inSeconds(12));
  await ana.expectState('live');
  let left = 20;
  for (const units of [4, 6, 5, 3, 1, 1]) {
    const answers = await Promise.all(buyers.splice(0, units).map((buyer) => buyer.buy()));
    expect(answers.every((answer) => answer.ok)).toBe(true);
    left -= units;
    await ana.expectRemaining(left);
  }
  await ana.expectState('sold_out');
  await expect.poll(async () => (await ana.recording()).spoken.length).toBeGreaterThanOrEqual(6);
  const { spoken } = await ana.recording();
  expect(spoken).toEqual([
    'status: Opens in 10 seconds',
    'alert: The sale is open',
    'status: 50% left: 10 units',
    'status: 25% left: 5 units',
    'status: 10% left: 2 units',
    expect.stringMatching(/^status: Sold out .+ after opening\. If a unit becomes available again/),
  ]);
});

test('I pause the live updates: the count stands still and says since when, and I can still buy', async ({
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 100 });
  const ana = await shopper();
  await ana.open();
  await ana.expectRemaining(100);
  await ana.page.getByRole('button', { name: 'Pause live updates' }).click();
  await expect(ana.page.getByText(/^Updates paused\. Count as of \d\d:\d\d:\d\d\.$/)).toBeVisible();
  const [first, ...others] = await crowd(4);
  for (const buyer of others) {
    expect(await buyer.buy()).toMatchObject({ ok: true });
  }
  // The count reaches the page as soon as it reaches the crowd.
  await expect.poll(() => first?.stocks.at(-1)?.remaining).toBe(97);
  await ana.expectRemaining(100);
  await ana.page.getByRole('button', { name: 'Resume live updates' }).click();
  await ana.expectRemaining(97);

  await ana.page.getByRole('button', { name: 'Pause live updates' }).click();
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.expectUnit(4);
});

test('a visitor who prefers less motion gets none, and the count still falls', async ({
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 50 });
  const still = await shopper({ reducedMotion: 'reduce' });
  const moving = await shopper({ reducedMotion: 'no-preference' });
  for (const { page } of [still, moving]) {
    await watchMovement(page);
  }
  await still.open();
  await moving.open();
  await expect(still.buy).toBeEnabled();
  await moving.expectRolling();
  for (const buyer of await crowd(5)) {
    expect(await buyer.buy()).toMatchObject({ ok: true });
  }
  await still.expectRemaining(45);
  await moving.expectRemaining(45);
  await still.buy.click();
  await still.expectState('confirmed');
  // Without the wish there is motion: or else this would prove nothing.
  await expect.poll(() => moving.page.evaluate(() => window.movements?.length)).toBeGreaterThan(0);
  expect(await still.page.evaluate(() => window.movements)).toEqual([]);
});

test('a unit bought by mouse has no frame around it, one bought by keyboard has; both take the focus', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const mouse = await shopper({ token: null });
  const keys = await shopper();
  await Promise.all([mouse.open(), keys.open()]);
  // After typing a name, the focus comes back to the button; the mouse then presses it.
  await mouse.page.getByRole('button', { name: 'Sign in to buy' }).click();
  await mouse.page.getByLabel('Customer ID').fill(mouse.customerId);
  await mouse.page.keyboard.press('Enter');
  await expect(mouse.buy).toBeFocused();
  await mouse.buy.click();
  await expect(keys.buy).toBeEnabled();
  await keys.page.keyboard.press('Tab');
  await keys.buy.focus();
  await keys.page.keyboard.press('Enter');
  for (const [ana, outline] of [
    [mouse, 'none'],
    [keys, 'solid'],
  ] as const) {
    await ana.expectState('confirmed');
    const heading = ana.order.getByRole('heading');
    await expect(heading).toBeFocused();
    await expect(heading).toHaveCSS('outline-style', outline);
  }
});

test('in forced colours the button, the bar and the focus can still be seen', async ({
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 10 });
  const ana = await shopper({ forcedColors: 'active' });
  await ana.open();
  const [buyer] = await crowd(1);
  await buyer?.buy();
  await ana.expectRemaining(9);
  await expect(ana.buy).toHaveCSS('border-top-width', '2px');
  await expect(ana.buy).toHaveCSS('border-top-style', 'solid');
  const bar = ana.page.locator('[data-bar]');
  const paper = await ana.page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  await expect(bar).toHaveCSS('border-top-width', '1px');
  await expect(bar.locator('> *')).not.toHaveCSS('background-color', paper);
  await ana.page.keyboard.press('Tab');
  await ana.buy.focus();
  await expect(ana.buy).toHaveCSS('outline-style', 'solid');
  const { violations } = await new AxeBuilder({ page: ana.page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

declare global {
  interface Window {
    movements?: string[];
  }
}

/** Notes what moves from the first paint on, whether by style sheet or by script. */
async function watchMovement(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const movements: string[] = [];
    window.movements = movements;
    for (const kind of ['animationstart', 'transitionrun'] as const) {
      document.addEventListener(
        kind,
        (event) => movements.push(`${kind} ${(event.target as Element).className}`),
        {
          capture: true,
        },
      );
    }
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (...how) {
      // Whether a browser knows how to animate is tried out on what is not shown.
      if (this.isConnected) {
        movements.push(`animate ${this.className}`);
      }
      return animate.apply(this, how);
    };
  });
}
