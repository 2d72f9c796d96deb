import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

/** What the browser's policy has refused on this page so far. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(window, { refusedByPolicy: refused });
    document.addEventListener('securitypolicyviolation', (event) =>
      refused.push(
        `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
      ),
    );
  });
  return () => page.evaluate(() => (window as unknown as { refusedByPolicy: string[] }).refusedByPolicy);
}

test('shop, board and documents do all they do under a policy without exceptions, and with no cookie', async ({
  operator,
  shopper,
}) => {
  await operator.start({ quantity: 5 });
  // Motion makes styles: it has to be allowed to.
  const ana = await shopper({ reducedMotion: 'no-preference' });
  const refused = await watchPolicy(ana.page);
  const loaded = ana.page.waitForResponse((response) => response.request().isNavigationRequest());
  await ana.open();
  const policy = (await loaded).headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain('unsafe');
  await ana.expectRemaining(5);
  await ana.expectRolling();
  await ana.buy.click();
  await ana.expectState('confirmed');
  await ana.expectRemaining(4);
  expect(await refused()).toEqual([]);

  await ana.open('/board');
  await expect(ana.page.getByTestId('connected')).toBeAttached();
  expect(await refused()).toEqual([]);

  await ana.visit('/docs/');
  await expect(ana.page.getByText('/sales/{id}/audit').first()).toBeVisible();
  // Swagger UI tries to add a style sheet, which is refused; it works without it.
  for (const what of await refused()) expect(what).toMatch(/^style-src-elem inline \S+swagger-ui-bundle\.js/);
  expect(await ana.context.cookies()).toEqual([]);
});

test('a script that is injected into the page does not run', async ({ operator, shopper }) => {
  await operator.start({ quantity: 5 });
  const ana = await shopper();
  const refused = await watchPolicy(ana.page);
  await ana.open();
  await ana.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.stolen = localStorage.length';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.stolen = 1">');
    document.body.insertAdjacentHTML('beforeend', '<img src="https://evil.example/?token">');
  });
  await expect.poll(async () => (await refused()).length).toBeGreaterThanOrEqual(3);
  expect(await ana.page.evaluate(() => 'stolen' in window)).toBe(false);
});

test('a page of another origin can neither read the shop, nor open its socket, nor frame it; one that is listed can', async ({
  shop,
  operator,
  browser,
}) => {
  await operator.start({ quantity: 5 });
  const stranger = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<title>elsewhere</title>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => stranger.once('listening', resolve));
  const origin = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  const name = `listed-${randomBytes(3).toString('hex')}`;
  await using listing = shop.createNode(name, { ALLOWED_ORIGINS: origin });
  await listing.start();
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(origin);
    const attempts = (url: string) =>
      page.evaluate(async (shopUrl) => {
        const reads = await fetch(`${shopUrl}/status`).then(
          (response) => response.status,
          () => 'refused',
        );
        const opens = await new Promise((resolve) => {
          const socket = new WebSocket(
            `${shopUrl.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
          );
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        });
        return { reads, opens };
      }, url);
    expect(await attempts(shop.nodes[0].url)).toEqual({ reads: 'refused', opens: 'refused' });
    expect(await attempts(listing.url)).toEqual({ reads: 200, opens: 'open' });
    await page.evaluate((url) => {
      const frame = document.createElement('iframe');
      frame.src = url;
      document.body.append(frame);
    }, listing.url);
    await expect.poll(() => page.frames().length).toBe(2);
    await expect(page.frames()[1]?.locator('#root') ?? page.locator('nothing')).toHaveCount(0);
  } finally {
    await context.close();
    stranger.close();
  }
});

test('the files for the browser contain no secret, no folder of the machine that built them, and no source map', ({
  shop,
}) => {
  const built = process.env.CLIENT_DIR ?? join(import.meta.dirname, '..', '..', 'client', 'dist');
  const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.map(({ name }) => name)).toContain('index.html');
  const secrets = Object.entries({ ...process.env, ...shop.env })
    .filter(
      ([name, value]) => /secret|token|key|password|_url$|_uri$/i.test(name) && (value ?? '').length >= 12,
    )
    .map(([, value]) => value as string);
  expect(secrets).toContain(shop.env.JWT_SECRET);
  const folders = [join(import.meta.dirname, '..', '..'), `${homedir()}/`];
  const shapes = [
    /-----BEGIN [A-Z ]*KEY/,
    /\bey[\w-]{20,}\.ey[\w-]+\./,
    /(?:redis|mongodb)(?:\+srv)?:\/\//,
    /sourceMappingURL=/,
  ];
  for (const { name, parentPath } of files) {
    const text = readFileSync(join(parentPath, name), 'latin1');
    expect(name).not.toMatch(/\.map$/);
    // Which one it is must not come into the report.
    expect([...secrets, ...folders].filter((each) => text.includes(each)).length, name).toBe(0);
    expect(
      shapes.filter((shape) => shape.test(text)),
      name,
    ).toEqual([]);
  }
});
