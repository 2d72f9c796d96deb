import type { Page } from '@playwright/test';

export interface Recording {
  /** Each `data-state` that the page has shown, in order. */
  states: string[];
  /** When each of them was first shown, in milliseconds since 1970 by a clock that no one sets. */
  statesAt: number[];
  /** Each text that the live regions have spoken, in order, with how urgent it was. */
  spoken: string[];
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
    const recording: Recording = { states: [], statesAt: [], spoken: [], counts: [], timers: [] };
    window.recording = recording;
    const regions = new Map<Element, string>();
    const listen = () => {
      for (const region of document.querySelectorAll('[role=status], [role=alert], [aria-live]')) {
        // What is not shown is not spoken: the notice that the page has not loaded is there from the beginning.
        if (!region.checkVisibility({ visibilityProperty: true })) {
          continue;
        }
        const text = region.textContent.trim();
        if (text !== (regions.get(region) ?? '')) {
          regions.set(region, text);
          if (text !== '') {
            recording.spoken.push(`${region.getAttribute('role')}: ${text}`);
          }
        }
      }
    };
    const look = () => {
      listen();
      const state = document.querySelector('[data-state]')?.getAttribute('data-state');
      if (state != null && state !== recording.states.at(-1)) {
        recording.states.push(state);
        recording.statesAt.push(performance.timeOrigin + performance.now());
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
  return page.evaluate(
    () => window.recording ?? { states: [], statesAt: [], spoken: [], counts: [], timers: [] },
  );
}
