import type { Page } from '@playwright/test';

declare global {
  interface Window {
    heldAtMs?: number;
  }
}

/** Lets the page's clock be stopped, so that a state which passes by itself can be looked at for as long as that takes. */
export async function makeTimeHoldable(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const now = performance.now.bind(performance);
    performance.now = () => window.heldAtMs ?? now();
    const setTimer = window.setTimeout.bind(window);
    // The page's own timers do not fire; the test's tools may still set timers.
    const patched = (callback: () => void, ms?: number) => {
      const planned = window.heldAtMs;
      return setTimer(() => {
        if (planned !== undefined || window.heldAtMs === undefined) {
          callback();
        }
      }, ms);
    };
    window.setTimeout = patched as typeof window.setTimeout;
  });
}

export async function holdTime(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.heldAtMs = performance.now();
  });
}
