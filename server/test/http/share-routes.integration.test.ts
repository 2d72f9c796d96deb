import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { photo, uploadImage } from '../_support/upload-image.ts';

/** In place of the build's first view, which has to be built first. */
const firstView = `
export const tickScript = '';
export const renderFirstView = (sale, languages) => ({
  language: languages[0] ?? 'en', direction: 'ltr', title: sale.product.name, html: '', css: '',
  share: { price: '$' + sale.product.price, state: sale.status, description: sale.product.name + ' · ' + sale.status },
});`;
const html =
  '<html lang="en"><head><meta name="description" content="built"><link rel="icon" href="/favicon.svg"><!--FOR-THIS-VISITOR--><title>Flipzon</title></head><body><div id="root"></div></body></html>';

let shop: Shop;
let clientDir: string;
beforeAll(async () => {
  clientDir = await mkdtemp(join(tmpdir(), 'flipzon-share-'));
  await writeFile(join(clientDir, 'first-view.mjs'), firstView);
  await writeFile(join(clientDir, 'index.html'), html);
  shop = await openShop(inject('mongodbUri'), {
    nodes: 2,
    environment: { CLIENT_DIR: clientDir, PUBLIC_URL: 'https://shop.example' },
  });
});
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]();
  await rm(clientDir, { recursive: true, force: true });
});

const get = async (path: string) => fetch(`${shop.nodes[0]?.url}${path}`, { redirect: 'manual' });
const page = async (path = '/') => (await get(path)).text();
const metaOf = (text: string, key: string) =>
  new RegExp(`<meta (?:name|property)="${key}" content="([^"]*)">`).exec(text)?.[1];

it('says in the page what a link to it shows, with absolute addresses, and nothing in it breaks out', async () => {
  await shop.startSale({ name: '</script>"Teapot"', price: 89.9, startsAt: '2030-01-06T00:00:00Z' });
  const text = await vi.waitFor(async () => {
    const found = await page();
    expect(found).toContain('og:title');
    return found;
  });
  expect(metaOf(text, 'og:title')).toBe('&lt;/script&gt;&quot;Teapot&quot;');
  expect(metaOf(text, 'og:url')).toBe('https://shop.example/');
  expect(metaOf(text, 'og:site_name')).toBe('Flipzon');
  expect(metaOf(text, 'twitter:card')).toBe('summary_large_image');
  expect(metaOf(text, 'og:image')).toMatch(/^https:\/\/shop\.example\/share\/[0-9a-f]{32}\.jpg$/);
  expect(text).not.toContain('content="built"');
  expect(text).toContain('<link rel="canonical" href="https://shop.example/">');
  for (const tag of ['en', 'de', 'hi', 'ar'])
    expect(text).toContain(`hreflang="${tag}" href="https://shop.example/?lang=${tag}">`);
  const data = JSON.parse(/<script type="application\/ld\+json">([^<]*)<\/script>/.exec(text)?.[1] ?? '');
  expect(data).toMatchObject({
    '@type': 'Product',
    name: '</script>"Teapot"',
    offers: { price: '89.90', priceCurrency: 'USD', availability: 'https://schema.org/PreOrder' },
  });
  const german = await page('/?lang=de');
  expect(german).toContain('<html lang="de"');
  expect(german).toContain('<link rel="canonical" href="https://shop.example/?lang=de">');
  expect(await page('/?lang=%22%3E%3Cscript%3E')).toContain(
    '<link rel="canonical" href="https://shop.example/">',
  );
});

it('draws the picture of a page once, for good; an address that no page names gets none', async () => {
  const path = new URL(metaOf(await page(), 'og:image') ?? '').pathname;
  const answer = await get(path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  expect(answer.headers.get('cache-control')).toContain('immutable');
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 1_200, height: 630, format: 'jpeg' });
  expect(Buffer.from(await (await get(path)).arrayBuffer()).equals(bytes)).toBe(true);
  for (const wrong of ['/share/x.jpg', `/share/${'0'.repeat(32)}.jpg`, `/icons/${'0'.repeat(32)}-192.png`])
    expect((await get(wrong)).status, wrong).toBe(404);
});

it('draws the picture of a page on a node that has not sent the page', async () => {
  const path = new URL(metaOf(await page('/?lang=de'), 'og:image') ?? '').pathname;
  const answer = await fetch(`${shop.nodes[1]?.url}${path}`);
  expect(answer.status).toBe(200);
  const own = await get(path);
  expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(await own.arrayBuffer()))).toBe(true);
});

it('has icons of the built-in mark, and then of the logo, and a manifest that names them', async () => {
  const manifest = async () =>
    (await get('/manifest.webmanifest')).json() as Promise<{
      name: string;
      icons: { src: string; sizes: string }[];
    }>;
  const before = await manifest();
  expect(before).toMatchObject({ name: 'Flipzon', start_url: '/' });
  const { image } = (await uploadImage(shop, await photo(3))).body;
  const token = await shop.token('anna', 'owner');
  const body = { name: 'Nord', logo: image.id, colours: { backdrop: '#cfe3f5' } };
  expect((await shop.request('PATCH', '/settings', { token, body })).status).toBe(200);
  const after = await manifest();
  expect(after.name).toBe('Nord');
  expect(after.icons[0]?.src).not.toBe(before.icons[0]?.src);
  for (const { src, sizes } of after.icons) {
    const icon = await get(src);
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/png']);
    const { width, height } = await sharp(Buffer.from(await icon.arrayBuffer())).metadata();
    expect(`${width}x${height}`).toBe(sizes);
  }
  expect((await get(before.icons[0]?.src ?? '')).status).toBe(404);
  const text = await page();
  expect(metaOf(text, 'og:site_name')).toBe('Nord');
  expect(text).toMatch(/<link rel="icon" href="\/icons\/[0-9a-f]{32}-32\.png"/);
});

it('keeps the console, previews and wrong addresses out of search engines, and the shop in', async () => {
  const robots = await page('/robots.txt');
  expect(robots).toContain('Disallow: /console\n');
  expect(robots).toContain('Allow: /\n');
  const header = async (path: string) => (await get(path)).headers.get('x-robots-tag');
  expect([await header('/'), await header('/board'), await header('/console')]).toEqual([
    null,
    null,
    'noindex',
  ]);
});

it('has the address of the shop as a QR code', async () => {
  const answer = await get('/qr.svg');
  expect(answer.headers.get('content-type')).toContain('image/svg+xml');
  expect(await answer.text()).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
});
