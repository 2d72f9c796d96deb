import { expect, type Page } from '@playwright/test';
import type { Shopper } from './shopper.ts';

/** The page scrolls down at most, never sideways. */
export async function expectToFit(shopper: Shopper, width: number, height: number): Promise<void> {
  await shopper.page.setViewportSize({ width, height });
  const { scrollWidth, clientWidth } = await shopper.page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }));
  expect(clientWidth).toBe(width);
  expect(scrollWidth).toBeLessThanOrEqual(width);
  await shopper.page.evaluate(() => window.scrollTo(1000, 0));
  expect(await shopper.page.evaluate(() => window.scrollX)).toBe(0);
}

/**
 * The texts that cannot be read whole, since they stand outside of the window or of a box that hides what leaves it, and the numbers that
 * are broken into lines. What scrolls by
 * itself, or ends in dots, may be longer than its place.
 */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const left = 0;
    const right = document.documentElement.clientWidth;
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (parent === null || text.textContent?.trim() === '' || !parent.checkVisibility()) continue;
      if (parent.closest('select, script') !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      let [from, to] = [left, right];
      let mayBeLonger = false;
      for (let box: Element | null = parent; box !== null && box !== document.body; box = box.parentElement) {
        const { overflowX, textOverflow } = getComputedStyle(box);
        if (overflowX === 'visible') continue;
        mayBeLonger = textOverflow === 'ellipsis' || overflowX === 'auto' || overflowX === 'scroll';
        if (mayBeLonger) break;
        const edges = box.getBoundingClientRect();
        // For screen readers only.
        mayBeLonger = edges.width <= 1;
        if (mayBeLonger) break;
        from = Math.max(from, edges.left);
        to = Math.min(to, edges.right);
      }
      const rects = [...range.getClientRects()];
      const isNumber = /^[\p{Nd}.,\u066b\u066c]+$/u.test(text.textContent?.trim() ?? '');
      const isBroken = isNumber && new Set(rects.map(({ top }) => Math.round(top))).size > 1;
      const isCut = isBroken || rects.some((rect) => rect.left < from - 1 || rect.right > to + 1);
      if (!mayBeLonger && isCut) found.push(text.textContent?.trim().slice(0, 60) ?? '');
    }
    const scrolls = document.documentElement.scrollWidth - right;
    return scrolls > 0 ? [...found, `the page scrolls sideways by ${scrolls} pixels`] : found;
  });
}
