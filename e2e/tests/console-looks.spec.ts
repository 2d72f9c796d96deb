import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/accessible.ts';

const parts = ['Set up', 'Control', 'Watch', 'After'] as const;

test('every part of the console reads as is written down, axe finds nothing in light and in dark, and it fits 320 pixels', async ({
  operator,
  desk,
  crowd,
}) => {
  await operator.start({ quantity: 50 });
  for (const buyer of await crowd(3)) expect(await buyer.buy()).toMatchObject({ ok: true });
  const olga = await desk('olga', { viewport: { width: 1280, height: 800 } });
  await olga.open();
  await olga.expectFigures({ remaining: 47, gone: 3, orders: 3 });
  await olga.expectLight('good');
  for (const part of parts) {
    await olga.goTo(part);
    const filled = {
      'Set up': olga.page.getByTestId('preflight').getByRole('listitem').first(),
      Control: olga.log.first(),
      Watch: olga.page.locator('[data-chart="eventLoop"] canvas'),
      After: olga.page.getByTestId('orders-table').getByRole('row').nth(3),
    }[part];
    await expect(filled).toBeVisible();
    const name = part.toLowerCase().replace(' ', '-');
    await expect(olga.page.getByRole('main')).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
    await expectAccessible(olga.page, part);
  }
});
