import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures.ts';
import { expectToFit } from '../support/fits.ts';
import { inSeconds } from '../support/shop-api.ts';

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

test('the board shows the count, the spectators, the pace, the curve and the last units, and no names', async ({
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 100 });
  const wall = await shopper({ token: null, viewport: { width: 1920, height: 1080 } });
  await wall.open('/board');
  await wall.expectRemaining(100);
  await expect(wall.page.getByText('No sales yet.')).toBeVisible();
  const buyers = await crowd(12, { node: 1 });
  await expect(wall.page.getByTestId('connected')).toHaveAttribute('value', '13');

  const answers = await Promise.all(buyers.map((buyer) => buyer.buy()));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  await wall.expectRemaining(88);
  await expect(wall.page.getByTestId('rate')).not.toHaveAttribute('value', '0');
  await expect(wall.page.getByTestId('sold')).toHaveText('12');
  await expect(wall.page.getByRole('term').filter({ hasText: 'Sold' })).toHaveCount(1);
  await expect(wall.page.locator('[data-curve] path[fill=none]').first()).toHaveAttribute(
    'd',
    /^M.+V|^M.+L|^M.+H/,
  );
  // All twelve units have gone, the last seven are shown, the newest first.
  const last = wall.page.getByTestId('recent-units').getByRole('listitem');
  await expect(last).toHaveCount(7);
  const units = answers.flatMap((answer) => (answer.ok ? [answer.order] : []));
  await expect(async () => {
    const shown = await last.allTextContents();
    for (const text of shown) expect(text).toMatch(/^Unit \d+\d\d:\d\d:\d\d$/);
    const newest =
      units
        .map(({ claimedAt }) => claimedAt)
        .sort()
        .at(-7) ?? '';
    const numbers = shown.map((text) => Number(/^Unit (\d+)\d\d:\d\d:\d\d$/.exec(text)?.[1]));
    for (const number of numbers) {
      const order = units.find(({ unit }) => unit === number);
      expect(order?.claimedAt.localeCompare(newest)).toBeGreaterThanOrEqual(0);
    }
  }).toPass();
  expect(await wall.page.content()).not.toContain('customer-');
  // The number is as large as the screen allows.
  const number = wall.page.locator('.board-number');
  expect((await number.boundingBox())?.height ?? 0).toBeGreaterThan(450);
  // And the curve stands behind it, as high as there is room.
  expect((await wall.page.locator('[data-curve]').boundingBox())?.height ?? 0).toBeGreaterThan(600);
});

test('I stop the live updates of the board: nothing on it moves until I let it go on', async ({
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 100 });
  const wall = await shopper({ token: null });
  await wall.open('/board');
  await wall.expectRemaining(100);
  await wall.page.getByRole('button', { name: 'Pause live updates' }).click();
  await expect(wall.page.getByText(/^Updates paused\. Count as of \d\d:\d\d:\d\d\.$/)).toBeVisible();
  const still = await wall.page.getByRole('main').textContent();
  const [first, ...others] = await crowd(4);
  for (const buyer of others) {
    expect(await buyer.buy()).toMatchObject({ ok: true });
  }
  // The counts of units and spectators reach the page as soon as they reach the crowd; the curve is a second behind.
  await expect.poll(() => first?.stocks.at(-1)?.remaining).toBe(97);
  const { serverTime } = await operator.onShow();
  await expect
    .poll(async () => Date.parse((await operator.onShow()).serverTime))
    .toBeGreaterThan(Date.parse(serverTime) + 1500);
  expect(await wall.page.getByRole('main').textContent()).toBe(still);

  await wall.page.getByRole('button', { name: 'Resume live updates' }).click();
  await wall.expectRemaining(97);
  await expect(wall.page.getByTestId('recent-units').getByRole('listitem').first()).toBeVisible();
});

test('days, countdown, live and sold out: the board fits every screen and language, and axe finds nothing in any colours', async ({
  operator,
  shopper,
  crowd,
}, testInfo) => {
  const wall = await shopper({ token: null });
  const { page } = wall;
  const states = {
    scheduled: () => operator.start({ startsAt: inSeconds(3 * 24 * 3600 + 4000), quantity: 200 }),
    countdown: () => operator.start({ startsAt: inSeconds(4000), quantity: 200 }),
    live: () => operator.start({ quantity: 2 }),
    sold_out: async () => {
      for (const buyer of await crowd(2)) expect(await buyer.buy()).toMatchObject({ ok: true });
    },
  };
  for (const [state, begin] of Object.entries(states)) {
    await begin();
    if (state === 'scheduled') await wall.open('/board');
    await wall.expectState(state);
    await page.setViewportSize({ width: 1280, height: 800 });
    for (const colours of [{ colorScheme: 'light' }, { colorScheme: 'dark' }] as const) {
      await page.emulateMedia(colours);
      const { violations, passes } = await new AxeBuilder({ page }).withTags(wcag22aa).analyze();
      const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }));
      expect(found, `${state}, ${colours.colorScheme}`).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
    }
    for (const language of ['en', 'hi', 'de', 'ar']) {
      await page.locator('select').selectOption(language);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expectToFit(wall, 320, 640);
      await expectToFit(wall, 1280, 800);
      await testInfo.attach(`${state}-${language}`, {
        body: await page.screenshot(),
        contentType: 'image/png',
      });
    }
    await page.locator('select').selectOption('en');
    await page.emulateMedia({ forcedColors: 'active' });
    // A backdrop behind figures of this size would cover what is above and below them.
    await expect(page.locator('.board-number, .board-words').first()).toHaveCSS(
      'forced-color-adjust',
      'none',
    );
    await page.emulateMedia({ forcedColors: 'none' });
    if (state === 'scheduled') {
      const [days, clock] = await Promise.all(
        [page.getByText('3 days', { exact: true }), page.getByText(/^01:0\d:\d\d$/)].map((one) =>
          one.boundingBox(),
        ),
      );
      await expect(page.getByRole('main')).toContainText('Opens in3 days 01:0');
      // From afar, viewers read the days.
      expect(days?.height ?? 0).toBeGreaterThan(1.5 * (clock?.height ?? 0));
    }
  }
});

test('a visitor who comes after the sell-out sees how long it took, the same in the shop, on the board, in the report and in the console', async ({
  operator,
  shopper,
  crowd,
  operatorConsole,
}) => {
  const sale = await operator.start({ quantity: 2 });
  for (const member of await crowd(2)) {
    expect(await member.buy()).toMatchObject({ ok: true });
  }
  const told: string[] = [];
  for (const path of ['/', '/board']) {
    const late = await shopper({ node: 1, token: null });
    await late.open(path);
    await late.expectState('sold_out');
    const tookTime = late.page.getByText(/^Sold out [\d.,]+ (milli)?seconds? after opening\.$/);
    await expect(tookTime).toBeVisible();
    told.push((await tookTime.textContent()) ?? '');
    if (path === '/board') {
      await expect(late.page.getByText('2 units in total')).toBeVisible();
      await expect(late.page.getByText(/^left of/)).toBeHidden();
    }
  }
  expect(told[1]).toBe(told[0]);
  const [took = ''] = /[\d.,]+ (milli)?seconds?/.exec(told[0] ?? '') ?? [];
  const reader = await shopper({ token: null });
  await reader.visit(`/sales/${sale.id}/report`);
  await expect(reader.page.getByText(`Sold out ${took} after opening.`)).toBeVisible();
  const olga = await operatorConsole('olga');
  await olga.open('after');
  await expect(olga.page.getByTestId('sales').getByRole('row', { name: sale.id })).toContainText(took);
});

test('the shop, the board and the console count down to a far opening in the same words', async ({
  operator,
  shopper,
  operatorConsole,
}) => {
  await operator.start({ startsAt: inSeconds(5 * 24 * 3600 + 13 * 3600 + 300) });
  const ana = await shopper();
  const wall = await shopper({ token: null });
  const olga = await operatorConsole('olga');
  await Promise.all([ana.open(), wall.open('/board'), olga.open()]);
  for (const { page } of [ana, wall, olga]) {
    await expect(page.getByRole('timer')).toHaveText(/^5 days 13:0\d:\d\d$/);
  }
});
