import { expect } from '@playwright/test';
import type { Shopper } from './shopper.ts';

/** Whoever reads the page scrolls down at most, never sideways. */
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
