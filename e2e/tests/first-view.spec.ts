import { gzipSync } from 'node:zlib';
import { expect, test } from '../fixtures.ts';

const firstViewKbMax = 120;

test('the shop’s first view takes at most 120 KB of script, nothing of board and console, and one font', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper();
  const scripts = new Map<string, Promise<Buffer>>();
  const fonts: string[] = [];
  ana.page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response.body());
    if (response.request().resourceType() === 'font') fonts.push(response.url());
  });
  await ana.open();
  await ana.expectState('live');
  const sizes = await Promise.all(
    [...scripts.values()].map(async (body) => gzipSync(await body, { level: 9 }).length),
  );
  expect(sizes.length).toBeGreaterThan(0);
  const kb = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1024;
  console.log(`  first view: ${kb.toFixed(1)} KB of script, gzipped`);
  expect(kb).toBeLessThanOrEqual(firstViewKbMax);
  expect([...scripts.keys()].filter((url) => /console|Watch|Board/i.test(url))).toEqual([]);
  await ana.page.evaluate(() => document.fonts.ready);
  expect(fonts).toEqual([expect.stringMatching(/geist-latin-/)]);
});
