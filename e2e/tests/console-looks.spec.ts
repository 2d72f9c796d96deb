import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures.ts';

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const parts = ['Set up', 'Control', 'Watch', 'After'] as const;

const faultsOf = ({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>) =>
  violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }));

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
    const light = await new AxeBuilder({ page: olga.page }).withTags(wcag22aa).analyze();
    expect(faultsOf(light), part).toEqual([]);
    await olga.page.emulateMedia({ colorScheme: 'dark' });
    // In the dark nothing but the colours is another.
    const dark = await new AxeBuilder({ page: olga.page }).withRules('color-contrast').analyze();
    expect(faultsOf(dark), `${part}, dark`).toEqual([]);
    expect(dark.passes.map(({ id }) => id)).toContain('color-contrast');
    await olga.page.emulateMedia({ colorScheme: 'light' });
    await olga.page.setViewportSize({ width: 320, height: 640 });
    const scrollWidth = await olga.page.evaluate(() => document.documentElement.scrollWidth);
    expect(scrollWidth, part).toBeLessThanOrEqual(320);
  }
});
