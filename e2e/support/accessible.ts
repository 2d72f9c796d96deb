import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const narrowest = { width: 320, height: 640 };

const faultsOf = ({ violations }: Awaited<ReturnType<AxeBuilder['analyze']>>) =>
  violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }));

/** Axe finds nothing in what is shown, in light and in dark, and it fits a page of 320 pixels; `what` is for the message. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const light = await new AxeBuilder({ page }).withTags(wcag22aa).analyze();
  expect(faultsOf(light), what).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  // In the dark nothing but the colours is another.
  const dark = await new AxeBuilder({ page }).withRules('color-contrast').analyze();
  expect(faultsOf(dark), `${what}, dark`).toEqual([]);
  expect(dark.passes.map(({ id }) => id)).toContain('color-contrast');
  await page.emulateMedia({ colorScheme: 'light' });
  const size = page.viewportSize();
  await page.setViewportSize(narrowest);
  // Also of what lies over the page and scrolls by itself.
  const widths = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('dialog[open]')].map(
      ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
    ),
  );
  expect(Math.max(...widths), `${what}, 320 pixels wide`).toBeLessThanOrEqual(0);
  if (size !== null) await page.setViewportSize(size);
}
