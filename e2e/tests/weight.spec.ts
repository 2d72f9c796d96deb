import { gzipSync } from 'node:zlib';
import { expect, test } from '../fixtures.ts';

const scriptBytesMax = 120 * 1024;

test('the first view of the shop takes no more than 120 KB of JavaScript, compressed, and nothing of board, console or report', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper();
  const scripts = new Map<string, Promise<Buffer>>();
  ana.page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (response.request().resourceType() === 'script') scripts.set(pathname, response.body());
  });
  await ana.open();
  await ana.expectRemaining(5);
  const sizes = await Promise.all(
    [...scripts].map(async ([path, body]) => ({ path, bytes: gzipSync(await body).length })),
  );
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.filter(({ path }) => /board|console|report/i.test(path))).toEqual([]);
  const bytes = sizes.reduce((sum, size) => sum + size.bytes, 0);
  expect(bytes, JSON.stringify(sizes)).toBeLessThanOrEqual(scriptBytesMax);
});
