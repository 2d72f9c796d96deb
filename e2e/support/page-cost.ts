import type { CDPSession, Page } from '@playwright/test';

declare global {
  interface Window {
    longTasks?: number[];
  }
}

export interface PageCost {
  seconds: number;
  /** Of one core: the page's main thread in its tasks, and the page's whole process. */
  mainThread: number;
  process: number;
  /** Lengths of the tasks that took the main thread longer than 50 ms. */
  longTasksMs: number[];
}

/** What a page costs from now until it is asked, by Chromium's own figures: time of the processor, whatever else the machine does. */
export async function watchCost(page: Page): Promise<() => Promise<PageCost>> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate(() => {
    const longTasks: number[] = [];
    window.longTasks = longTasks;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    }).observe({ type: 'longtask' });
  });
  const startedAt = performance.now();
  const before = await metricsOf(cdp);
  return async () => {
    const seconds = (performance.now() - startedAt) / 1000;
    const after = await metricsOf(cdp);
    const share = (name: string) =>
      ((after.get(name) ?? Number.NaN) - (before.get(name) ?? Number.NaN)) / seconds;
    const longTasksMs = await page.evaluate(() => window.longTasks ?? []);
    await cdp.detach();
    return { seconds, mainThread: share('TaskDuration'), process: share('ProcessTime'), longTasksMs };
  };
}

async function metricsOf(cdp: CDPSession): Promise<Map<string, number>> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}
