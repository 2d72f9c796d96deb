import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures.ts';

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const parts = ['Set up', 'Control', 'Watch', 'After'] as const;

test('every part of the console reads as is written down, axe finds nothing in light and in dark, and it fits 320 pixels', async ({
  operator,
  desk,
  crowd,
}, testInfo) => {
  await operator.start({ quantity: 50 });
  for (const buyer of await crowd(3)) expect(await buyer.buy()).toMatchObject({ ok: true });
  const olga = await desk('olga', { viewport: { width: 1280, height: 800 } });
  await olga.open();
  await olga.expectFigures({ remaining: 47, gone: 3, orders: 3 });
  await olga.expectLight('good');
  for (const part of parts) {
    await olga.page.setViewportSize({ width: 1280, height: 800 });
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
    for (const colorScheme of ['light', 'dark'] as const) {
      await olga.page.emulateMedia({ colorScheme });
      const { violations, passes } = await new AxeBuilder({ page: olga.page }).withTags(wcag22aa).analyze();
      await testInfo.attach(`${name}-${colorScheme}`, {
        body: await olga.page.screenshot({ fullPage: true }),
        contentType: 'image/png',
      });
      const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }));
      expect(found, `${part}, ${colorScheme}`).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
    }
    await olga.page.setViewportSize({ width: 320, height: 640 });
    const { scrollWidth } = await olga.page.evaluate(() => document.documentElement);
    expect(scrollWidth, part).toBeLessThanOrEqual(320);
  }
});
