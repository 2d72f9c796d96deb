import { expect, test } from '../fixtures.ts';

test('the board shows the count, who watches, how quickly it goes, the curve and the last units, and no names', async ({
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 100 });
  const wall = await shopper({ token: null, viewport: { width: 1920, height: 1080 } });
  await wall.open('/board');
  await wall.expectRemaining(100);
  await expect(wall.page.getByText(/^None yet/)).toBeVisible();
  const buyers = await crowd(12, { node: 1 });
  await expect(wall.page.getByTestId('connected')).toHaveAttribute('value', '13');

  const answers = await Promise.all(buyers.map((buyer) => buyer.buy()));
  expect(answers.every((answer) => answer.ok)).toBe(true);
  await wall.expectRemaining(88);
  await expect(wall.page.getByTestId('rate')).not.toHaveAttribute('value', '0');
  await expect(wall.page.getByText('Gone', { exact: true }).locator('..')).toContainText('12');
  await expect(wall.page.locator('[data-curve] path[fill=none]').first()).toHaveAttribute(
    'd',
    /^M.+V|^M.+L|^M.+H/,
  );
  // All twelve units have gone, the last seven are shown, the newest first.
  const last = wall.page.getByTestId('last-gone').getByRole('listitem');
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
  expect((await number.boundingBox())?.height ?? 0).toBeGreaterThan(300);
});

test('who comes when all is gone is told how long it took, in the shop and on the board', async ({
  operator,
  shopper,
  crowd,
}) => {
  await operator.start({ quantity: 2 });
  for (const member of await crowd(2)) {
    expect(await member.buy()).toMatchObject({ ok: true });
  }
  for (const path of ['/', '/board']) {
    const late = await shopper({ node: 1, token: null });
    await late.open(path);
    await late.expectState('sold_out');
    await expect(late.page.getByText(/^All gone [\d.,]+ (milli)?seconds? after opening\.$/)).toBeVisible();
  }
});
