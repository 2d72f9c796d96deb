import type { Page } from '@playwright/test';

declare global {
  interface Window {
    lookedAway?: boolean;
  }
}

/** Playwright keeps every page in front; this is how one learns that it is not, by the browser's own property and event. */
export async function makeHideable(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(document, 'visibilityState', {
      get: () => (window.lookedAway === true ? 'hidden' : 'visible'),
    });
  });
}

export async function lookAway(page: Page): Promise<void> {
  await turn(page, true);
}

export async function lookAgain(page: Page): Promise<void> {
  await turn(page, false);
}

async function turn(page: Page, away: boolean): Promise<void> {
  await page.evaluate((value) => {
    window.lookedAway = value;
    document.dispatchEvent(new Event('visibilitychange'));
  }, away);
}
