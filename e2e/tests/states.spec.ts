import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures.ts';
import { expectToFit } from '../support/fits.ts';
import { arrange, movementsEnd, stateNames } from '../support/states.ts';
import { expectRedrawn, translate } from '../support/translate.ts';

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const state of stateNames) {
  test(`when it is ${state}, the page reads as is written down, axe finds nothing in light and in dark, it fits 320 pixels and 200 %, and it can be translated`, async ({
    shop,
    operator,
    shopper,
    crowd,
  }, testInfo) => {
    const ana = await shopper();
    await arrange(state, { shop, operator, shopper: ana, crowd });
    const root = ana.page.locator('[data-state]');
    await expect(root).toMatchAriaSnapshot({ name: `${state}.aria.yml` });

    for (const colorScheme of ['light', 'dark'] as const) {
      await ana.page.emulateMedia({ colorScheme });
      await movementsEnd(ana);
      const { violations, passes } = await new AxeBuilder({ page: ana.page }).withTags(wcag22aa).analyze();
      await testInfo.attach(`${state}-${colorScheme}`, {
        body: await ana.page.screenshot(),
        contentType: 'image/png',
      });
      const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }));
      expect(found, colorScheme).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
    }

    await expectToFit(ana, 320, 640);
    // What is left of 1280 by 800 pixels when everything is twice as large.
    await expectToFit(ana, 640, 400);
    await ana.expectState(state);

    await translate(ana.page);
    // Another language's texts cannot be fetched then.
    if (state === 'offline') return;
    await ana.page.locator('footer select').selectOption('de');
    await expectRedrawn(ana.page);
    await ana.expectState(state);
  });
}
