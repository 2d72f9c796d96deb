import type { Browser, CDPSession, Page } from '@playwright/test';

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

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  args?: { name?: string };
  /** Microseconds of the processor, of tasks. */
  tdur?: number;
}

/** Of the processor: the most that one task took on any page's main thread, however long it had to wait for it. */
export async function heaviestTaskMs(browser: Browser, work: () => Promise<void>): Promise<number> {
  await browser.startTracing(undefined, { categories: ['toplevel', '__metadata'] });
  await work();
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  const tasks = traceEvents.filter(
    (event) => event.name === 'ThreadControllerImpl::RunTask' && mainThreads.has(threadOf(event)),
  );
  // Else nothing was looked at.
  if (tasks.length === 0) throw new Error('the trace has no tasks of a page');
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000));
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
