import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { chromiumPath } from './support/chromium-path.ts';

/*
 * The pictures of the README, from a running shop (demo login on): `SHOP_URL=http://127.0.0.1:3000 npm run pictures`.
 * Starts sales there; units are bought over HTTP while the pages are open, so that there is something to see.
 */
const url = process.env.SHOP_URL ?? 'http://127.0.0.1:3000';
const folder = join(import.meta.dirname, '../docs/pictures');
const boughtBefore = 300;
const quantity = 1000;

async function post<Answer>(path: string, body: unknown, token?: string): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

async function tokenOf(customerId: string, role = 'customer'): Promise<string> {
  return (await post<{ token: string }>('/login', { customerId, role })).token;
}

const operator = await tokenOf('olga', 'operator');
const browser = await chromium.launch({
  ...(chromiumPath && { executablePath: chromiumPath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** One picture, of the page in the given state. */
async function take(
  name: string,
  state: string,
  options: BrowserContextOptions = {},
  act: (page: Page) => Promise<void> = async () => undefined,
  path = '/',
): Promise<void> {
  const tokens = { customer: await tokenOf(`asha-${name}`), operator };
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.addInitScript(({ customer, operator }) => {
    localStorage.setItem('flipzon.token', customer);
    localStorage.setItem('flipzon.operator', operator);
  }, tokens);
  const page = await context.newPage();
  await page.goto(`${url}${path}`);
  await act(page);
  await page.locator(`[data-state="${state}"]`).waitFor();
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.ready)));
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await context.close();
  console.log(`${name}.png`);
}

const phone = { viewport: { width: 390, height: 844 } };
const big = { viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' } as const;
const buy = (page: Page) => page.getByRole('button', { name: /^Buy/ }).click();

let customers = 0;
async function othersBuy(count: number): Promise<void> {
  for (let bought = 0; bought < count; bought++) {
    customers += 1;
    await post('/buy', {}, await tokenOf(`early-${customers}`));
  }
}

/** With a curve in it: bought while the page looks on, and then looked at until the curve has been drawn. */
const watchedWhile = (count: number) => async (page: Page) => {
  await page.locator('[data-state="live"]').waitFor();
  await othersBuy(count);
  await page.locator(`[data-testid="remaining"][value="${quantity - customers}"]`).waitFor();
  await page.waitForTimeout(1500);
};

/** As long as the charts need to have something to say. */
const chartedWhile = (rounds: number) => async (page: Page) => {
  for (let round = 0; round < rounds; round++) {
    await othersBuy(3 + ((round * 7) % 9));
    await page.waitForTimeout(500);
  }
};

mkdirSync(folder, { recursive: true });
await post('/start', { quantity, startsAt: new Date(Date.now() + 3_600_000).toISOString() }, operator);
await take('shop-before', 'countdown', { colorScheme: 'dark' });
await post('/start', { quantity, startsAt: 'now' }, operator);
await take('board', 'live', big, watchedWhile(boughtBefore), '/board');
const desk = { viewport: { width: 1440, height: 1000 }, locale: 'en-GB' };
await take('console', 'live', desk, chartedWhile(50), '/console#watch');
await take('shop-live', 'live', {}, watchedWhile(150));
await take('shop-live-phone', 'live', phone, watchedWhile(60));
await take('shop-live-arabic', 'live', { ...phone, locale: 'ar-AE' }, watchedWhile(60));
await take('shop-won', 'confirmed', {}, buy);
await take('shop-won-phone', 'confirmed', { ...phone, colorScheme: 'dark' }, buy);
customers = 0;
await post('/start', { quantity: 40, startsAt: 'now' }, operator);
await take('shop-sold-out', 'sold_out', {}, async (page) => {
  await page.locator('[data-state="live"]').waitFor();
  await othersBuy(40);
});
await browser.close();
