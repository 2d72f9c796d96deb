import type { Page } from '@playwright/test';

export interface Recording {
  /** Each `data-state` that the page has shown, in order. */
  states: string[];
  /** Each count of remaining units that the page has shown, in order. */
  counts: number[];
  /** Each text of the countdown that the page has shown, in order. */
  timers: string[];
}

declare global {
  interface Window {
    recording?: Recording;
  }
}

/** Notes what the page shows from its first paint on, so that a test can also tell what came and went in between. */
export async function recordPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const recording: Recording = { states: [], counts: [], timers: [] };
    window.recording = recording;
    const look = () => {
      const state = document.querySelector('[data-state]')?.getAttribute('data-state');
      if (state != null && state !== recording.states.at(-1)) {
        recording.states.push(state);
      }
      const count = document.querySelector('[data-testid=remaining]')?.getAttribute('value');
      if (count != null && Number(count) !== recording.counts.at(-1)) {
        recording.counts.push(Number(count));
      }
      const timer = document.querySelector('[role=timer]')?.textContent;
      if (timer != null && timer !== recording.timers.at(-1)) {
        recording.timers.push(timer);
      }
    };
    new MutationObserver(look).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
}

/** Since the page was loaded the last time. */
export async function recordingOf(page: Page): Promise<Recording> {
  return page.evaluate(() => window.recording ?? { states: [], counts: [], timers: [] });
}
