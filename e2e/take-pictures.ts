import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test';

/*
 * The pictures of the README, from a running shop (demo login on): `SHOP_URL=http://127.0.0.1:3000 npm run pictures`.
 * Starts sales of its own there; 300 of 1000 units are bought over HTTP first, so that there is something to see.
 */
const url = process.env.SHOP_URL ?? 'http://127.0.0.1:3000';
const folder = join(import.meta.dirname, '../docs/pictures');
const boughtBefore = 300;

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

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** One picture, of the page in the given state. */
async function take(
  name: string,
  state: string,
  options: BrowserContextOptions = {},
  act: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const token = await tokenOf(`asha-${name}`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  await context.addInitScript((value) => localStorage.setItem('flipzon.token', value), token);
  const page = await context.newPage();
  await page.goto(url);
  await act(page);
  await page.locator(`[data-state="${state}"]`).waitFor();
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.ready)));
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await context.close();
  console.log(`${name}.png`);
}

const phone = { viewport: { width: 390, height: 844 } };
const buy = (page: Page) => page.getByRole('button', { name: /^Buy/ }).click();

mkdirSync(folder, { recursive: true });
const operator = await tokenOf('olga', 'operator');
await post('/start', { startsAt: new Date(Date.now() + 3_600_000).toISOString() }, operator);
await take('shop-before', 'countdown', { colorScheme: 'dark' });
await post('/start', { startsAt: 'now' }, operator);
for (let i = 0; i < boughtBefore; i++) await post('/buy', {}, await tokenOf(`early-${i}`));
await take('shop-live', 'live');
await take('shop-live-phone', 'live', phone);
await take('shop-won', 'confirmed', {}, buy);
await take('shop-won-phone', 'confirmed', { ...phone, colorScheme: 'dark' }, buy);
await browser.close();
