import { availableParallelism, loadavg } from 'node:os';
import { expect, test } from '../fixtures.ts';
import { heavyTasksMs, watchCost } from '../support/page-cost.ts';

const updatesWatched = 120;
const quantity = 1000;
const triesMax = 3;

test('while the count falls as often as a node tells of it, no task of shop or board is long', async ({
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
  const lines: string[] = [];
  let longTasksMs = [Number.NaN];
  const begin = async () => {
    await operator.start({ quantity, perCustomer: 3 });
    await shop.open('/');
    await board.open('/board');
    await shop.expectRemaining(quantity);
    await board.expectRemaining(quantity);
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
  // A busy machine can make a task long, and nothing makes one short by chance: so it may try again.
  for (let tries = 0; tries < triesMax && longTasksMs.length > 0; tries += 1) {
    await begin();
    const watching = { shop: await watchCost(shop.page), board: await watchCost(board.page) };
    updates = 0;
    await fall();
    const costs = { shop: await watching.shop(), board: await watching.board() };
    await shop.expectRemaining(quantity - updatesWatched);
    await board.expectRemaining(quantity - updatesWatched);
    longTasksMs = [...costs.shop.longTasksMs, ...costs.board.longTasksMs];
    for (const [name, cost] of Object.entries(costs)) {
      // Of the processor’s time, so a busy machine does not add to it; the usual figure is in the results.
      expect(cost.mainThread, name).toBeLessThan(0.25);
      lines.push(
        `${name}: ${(updates / cost.seconds).toFixed(1)} updates/s for ${cost.seconds.toFixed(1)} s, ` +
          `${percent(cost.mainThread)} of a core on the main thread, ${percent(cost.process)} in its whole process, ` +
          `tasks over 50 ms: ${cost.longTasksMs.map((ms) => `${ms.toFixed(0)} ms`).join(', ') || 'none'}`,
      );
    }
  }
  console.log(lines.map((line) => `  ${line}`).join('\n'));
  await testInfo.attach('page-cost', { body: lines.join('\n'), contentType: 'text/plain' });
  // Of the processor's time, on any machine; watched by itself, for watching costs as well.
  await begin();
  expect(await heavyTasksMs(browser, fall)).toEqual([]);
  // A task's length is time on the wall: with more to run than twice what the machine can, it is the length of the queue.
  const waiting = loadavg()[0] ?? 0;
  test.skip(
    waiting > 2 * availableParallelism() && longTasksMs.length > 0,
    `load ${waiting.toFixed(1)}: no figure for long tasks`,
  );
  expect(longTasksMs).toEqual([]);
});

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
