import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';

test('on a phone a table that is wider than the screen says so, and is scrolled by keys, in both directions of reading', async ({
  operator,
  operatorConsole,
  crowd,
}) => {
  await operator.start({ quantity: 5 });
  for (const buyer of await crowd(2)) expect(await buyer.buy()).toMatchObject({ ok: true });
  const olga = await operatorConsole('olga', { viewport: { width: 320, height: 640 } });
  await olga.open('after');
  for (const [language, onward, back] of [
    ['en', 'ArrowRight', 'ArrowLeft'],
    ['ar', 'ArrowLeft', 'ArrowRight'],
  ] as const) {
    await olga.page.locator('select').last().selectOption(language);
    for (const table of ['sales', 'orders-table']) {
      const region = olga.page.locator('section[tabindex]', { has: olga.page.getByTestId(table) });
      const more = (side: 'start' | 'end') => region.locator('..').locator(`[data-more="${side}"]`);
      await expect(more('end')).toBeVisible();
      await expect(more('start')).toBeHidden();
      await region.focus();
      const until = (key: string, side: 'start' | 'end') =>
        expect(async () => {
          await olga.page.keyboard.press(key);
          expect(await more(side).isHidden()).toBe(true);
        }).toPass({ intervals: [20] });
      await until(onward, 'end');
      await expect(more('start')).toBeVisible();
      await until(back, 'start');
    }
  }
});

const parts = ['Sales', 'Control', 'Live', 'Results'] as const;

test('every part of the console reads as is written down, axe finds nothing in light and in dark, and it fits 320 pixels', async ({
  operator,
  operatorConsole,
  crowd,
}) => {
  await operator.start({ quantity: 50 });
  for (const buyer of await crowd(3)) expect(await buyer.buy()).toMatchObject({ ok: true });
  const olga = await operatorConsole('olga', { viewport: { width: 1280, height: 800 } });
  await olga.open();
  await olga.expectStats({ remaining: 47, gone: 3, orders: 3 });
  await olga.expectInvariantStatus('good');
  for (const part of parts) {
    await olga.goTo(part);
    if (part === 'Sales') await olga.page.getByText('Details', { exact: true }).click();
    const filled = {
      Sales: olga.page.getByTestId('preflight').getByRole('listitem').first(),
      Control: olga.log.first(),
      Live: olga.page.locator('[data-chart="eventLoop"] canvas'),
      Results: olga.page.getByTestId('orders-table').getByRole('row').nth(3),
    }[part];
    await expect(filled).toBeVisible();
    await expect(olga.page.getByRole('main')).toMatchAriaSnapshot({ name: `${part.toLowerCase()}.aria.yml` });
    await expectAccessible(olga.page, part);
  }
});
