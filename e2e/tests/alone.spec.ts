import type { Browser, CDPSession, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { inSeconds } from '../support/shop-api.ts';

const updatesWatched = 120;
const quantity = 1000;
/** What is aimed at is 50 ms; a slow machine needs several times as long for the same task. */
const taskMsMax = 150;
const triesMax = 3;

test('four tabs on two nodes open within 250 ms of each other, and not before their time', async ({
  operator,
  shoppers,
}) => {
  await operator.start({ startsAt: inSeconds(600) });
  const browsers = await shoppers(2);
  await Promise.all(browsers.map((browser) => browser.open()));
  const tabs = [...browsers, ...(await Promise.all(browsers.map((browser) => browser.secondTab())))];
  const tries: string[] = [];
  let apartMs = Number.POSITIVE_INFINITY;
  // A busy machine can make a page late, and nothing makes one punctual by chance: so it may try again.
  while (tries.length < 3 && apartMs > 250) {
    const sale = await operator.start({ startsAt: inSeconds(4) });
    const startMs = Date.parse(sale.startsAt);
    const openedAt: number[] = [];
    for (const tab of tabs) {
      await tab.expectState('live');
      openedAt.push(((await tab.recording()).statesAt.at(-1) ?? Number.NaN) - startMs);
    }
    // Their measurement of the clock is as good as a round trip to a machine that is this one.
    expect(Math.min(...openedAt)).toBeGreaterThan(-50);
    apartMs = Math.max(...openedAt) - Math.min(...openedAt);
    tries.push(`${apartMs.toFixed(1)} ms apart (${openedAt.map((ms) => `${ms.toFixed(1)}`).join(', ')} ms)`);
  }
  console.log(`  four tabs on two nodes, after the opening: ${tries.join('; ')}`);
  test.info().annotations.push({ type: 'apart', description: tries.join('; ') });
  expect(apartMs).toBeLessThanOrEqual(250);
});

test('while the count falls as often as a node sends it, no task of shop or board is long', async ({
  browser,
  operator,
  shopper,
  crowd,
}, testInfo) => {
  const shop = await shopper({ reducedMotion: 'no-preference' });
  const board = await shopper({ reducedMotion: 'no-preference', viewport: { width: 1920, height: 1080 } });
  let updates = 0;
  let heard = () => {};
  shop.page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).startsWith('42["stock"')) {
        updates += 1;
        heard();
      }
    }),
  );
  const buyers = await crowd(updatesWatched / 3);
  const begin = async () => {
    await operator.start({ quantity, perCustomer: 3 });
    await shop.open('/');
    await board.open('/board');
    await shop.expectRemaining(quantity);
    await board.expectRemaining(quantity);
    await Promise.all([shop.expectRolling(), board.expectRolling()]);
  };
  const fall = async () => {
    for (const buyer of [...buyers, ...buyers, ...buyers]) {
      // The node tells of a count, and of the next one as soon as it may.
      const told = new Promise<void>((resolve) => {
        heard = resolve;
      });
      expect(await buyer.buy()).toMatchObject({ ok: true });
      await told;
    }
  };
  await begin();
  const watching = { shop: await watchCost(shop.page), board: await watchCost(board.page) };
  updates = 0;
  await fall();
  const costs = { shop: await watching.shop(), board: await watching.board() };
  await shop.expectRemaining(quantity - updatesWatched);
  await board.expectRemaining(quantity - updatesWatched);
  const lines = Object.entries(costs).map(
    ([name, cost]) =>
      `${name}: ${(updates / cost.seconds).toFixed(1)} updates/s for ${cost.seconds.toFixed(1)} s, ` +
      `${percent(cost.mainThread)} of a core on the main thread, ${percent(cost.process)} in its whole process, ` +
      `tasks over 50 ms: ${cost.longTasksMs.map((ms) => `${ms.toFixed(0)} ms`).join(', ') || 'none'}`,
  );
  // Watched by itself, for watching costs as well. A slow moment of the machine can make a task heavy, and nothing makes one light by
  // chance: so it may try again.
  const heaviestMs: number[] = [];
  while (heaviestMs.length < triesMax && Math.min(...heaviestMs) >= taskMsMax) {
    await begin();
    heaviestMs.push(await heaviestTaskMs(browser, fall));
  }
  lines.push(
    `the task that took most of the processor, on either: ${heaviestMs.map((ms) => `${ms.toFixed(0)} ms`).join(', then ')}`,
  );
  console.log(lines.map((line) => `  ${line}`).join('\n'));
  await testInfo.attach('page-cost', { body: lines.join('\n'), contentType: 'text/plain' });
  // Both are of the processor’s time. How long a task lasts depends on the queue for the processor: printed above, judged nowhere.
  for (const [name, cost] of Object.entries(costs)) {
    expect(cost.mainThread, name).toBeLessThan(0.25);
  }
  expect(Math.min(...heaviestMs)).toBeLessThan(taskMsMax);
});

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

declare global {
  interface Window {
    longTasks?: number[];
  }
}

interface PageCost {
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
async function heaviestTaskMs(browser: Browser, work: () => Promise<void>): Promise<number> {
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
async function watchCost(page: Page): Promise<() => Promise<PageCost>> {
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
