import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../fixtures.ts';
import { movementsEnd, play, type SceneName } from '../support/scenes.ts';

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const looked: SceneName[] = ['scheduled', 'live', 'confirmed', 'sold_out', 'signed_out'];

for (const scene of looked) {
  test(`axe finds nothing on the page when it is ${scene}, in light colours and in dark ones`, async ({
    operator,
    shopper,
    crowd,
  }, testInfo) => {
    const ana = await shopper({ reducedMotion: 'no-preference' });
    await play(scene, { operator, shopper: ana, crowd });
    for (const colorScheme of ['light', 'dark'] as const) {
      await ana.page.emulateMedia({ colorScheme });
      await movementsEnd(ana);
      const { violations, passes } = await new AxeBuilder({ page: ana.page }).withTags(wcag22aa).analyze();
      await testInfo.attach(`${scene}-${colorScheme}`, {
        body: await ana.page.screenshot(),
        contentType: 'image/png',
      });
      const found = violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }));
      expect(found, colorScheme).toEqual([]);
      expect(passes.map(({ id }) => id)).toContain('color-contrast');
    }
  });
}

for (const scene of ['scheduled', 'countdown', 'live', 'confirmed', 'sold_out', 'signed_out'] as const) {
  test(`on a screen 320 pixels wide the page fits without scrolling sideways when it is ${scene}`, async ({
    operator,
    shopper,
    crowd,
  }, testInfo) => {
    const ana = await shopper({ viewport: { width: 320, height: 640 } });
    await play(scene, { operator, shopper: ana, crowd });
    await testInfo.attach(`${scene}-320`, { body: await ana.page.screenshot(), contentType: 'image/png' });
    const { scrollWidth, clientWidth } = await ana.page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      clientWidth: document.documentElement.clientWidth,
    }));
    expect(clientWidth).toBe(320);
    expect(scrollWidth).toBeLessThanOrEqual(320);
    await ana.page.evaluate(() => window.scrollTo(1000, 0));
    expect(await ana.page.evaluate(() => window.scrollX)).toBe(0);
    if (scene === 'live') {
      // Under the thumb, without scrolling down for it.
      await expect(ana.buy).toBeInViewport({ ratio: 1 });
    }
  });
}
