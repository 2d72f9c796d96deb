import type { Role } from '@flipzon/protocol/identity.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { rawConnection } from '../_support/raw-connection.ts';
import { openShop, type Shop } from '../_support/shop.ts';
import { eventually } from '../_support/shopper.ts';
import { photo as photoOf, uploadImage } from '../_support/upload-image.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
});
afterAll(() => shop[Symbol.asyncDispose]());

let made = 0;
const photo = (width?: number, height?: number) =>
  photoOf(++made, width === undefined || height === undefined ? {} : { width, height });
const upload = (file: Buffer, { by = `owner-${made}`, node = 0, ...options }: UploadOptions = {}) =>
  uploadImage(shop, file, { by, node: shop.nodes[node], ...options });
type UploadOptions = { by?: string; role?: Role; node?: number; type?: string };
const get = (path: string, node = 0, headers: Record<string, string> = {}) =>
  fetch(`${shop.nodes[node]?.url}${path}`, { headers });

describe('an uploaded image', () => {
  it('is served by every node in its widths and formats, for good', async () => {
    const { status, body } = await upload(await photo(700, 500));
    expect([status, body.image]).toMatchObject([201, { width: 700, height: 500, widths: [320, 640, 700] }]);
    for (const node of [0, 1]) {
      for (const [file, type] of [
        ['320.webp', 'image/webp'],
        ['700.jpeg', 'image/jpeg'],
      ] as const) {
        const response = await get(`/images/${body.image.id}/${file}`, node);
        expect(response.status).toBe(200);
        expect(Object.fromEntries(response.headers)).toMatchObject({
          'content-type': type,
          'cache-control': 'public, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
          etag: `"${body.image.id}-${file}"`,
        });
        const { format, width } = await sharp(await response.arrayBuffer()).metadata();
        expect([`image/${format}`, `${width}`]).toEqual([type, file.split('.')[0]]);
      }
    }
    const { status: unchanged } = await get(`/images/${body.image.id}/320.webp`, 1, {
      'if-none-match': `"${body.image.id}-320.webp"`,
    });
    expect(unchanged).toBe(304);
  });

  it('has one id, however often, where and by whom it is uploaded', async () => {
    const file = await photo();
    const answers = await Promise.all([0, 1].map((node) => upload(file, { by: `many-${node}`, node })));
    const again = await upload(file, { by: 'another' });
    const ids = new Set([...answers, again].map(({ body }) => body.image.id));
    expect([ids.size, again.status]).toEqual([1, 200]);
  });

  it('is not there under a width, a format or an id that it does not have', async () => {
    const { image } = (await upload(await photo())).body;
    for (const [path, status] of [
      [`/images/${image.id}/960.webp`, 404],
      [`/images/${'0'.repeat(32)}/320.webp`, 404],
      [`/images/${image.id}/320.png`, 400],
      [`/images/${image.id}/320`, 400],
      [`/images/..%2F..%2Fetc/320.webp`, 400],
    ] as const) {
      const response = await get(path);
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([
        path,
        status,
        'no-store',
      ]);
    }
  });

  it('comes from operators only', async () => {
    const anonymous = await shop.request('POST', '/images', {
      headers: { 'content-type': 'image/png' },
      body: 'x',
    });
    const customer = await upload(await photo(), { by: 'ann', role: 'customer' });
    expect([anonymous.status, customer.status]).toEqual([401, 403]);
  });
});

describe('an upload that is refused', () => {
  it.each<[string, () => Promise<Buffer> | Buffer, string, number, string]>([
    [
      'an SVG as a PNG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'image/png',
      400,
      'invalid_image',
    ],
    ['an SVG by its name', () => Buffer.from('<svg/>'), 'image/svg+xml', 415, 'unsupported_media_type'],
    ['a form', () => Buffer.from('a=b'), 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['JSON', () => Buffer.from('{}'), 'application/json', 415, 'unsupported_media_type'],
    ['nothing', () => Buffer.alloc(0), 'image/png', 400, 'invalid_image'],
    ['half a picture', async () => (await photo()).subarray(0, 300), 'image/jpeg', 400, 'invalid_image'],
    ['more than 10 MB', () => Buffer.alloc(10 * 1024 * 1024 + 1), 'image/jpeg', 413, 'payload_too_large'],
  ])('%s', async (_name, make, type, status, code) => {
    const answer = await upload(await make(), { type });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('comes after many of the same operator', async () => {
    const file = await photo();
    const answers = [];
    for (let n = 0; n < 21; n++) answers.push(await upload(file, { by: 'quick' }));
    expect(answers.map(({ status }) => status)).toEqual([201, ...Array(19).fill(200), 429]);
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is one beyond three at once; the next one is taken when one of them has ended', async () => {
    const node = shop.nodes[0]?.url ?? '';
    const head = [
      'POST /images HTTP/1.1',
      `host: ${new URL(node).host}`,
      `authorization: Bearer ${await shop.token('slow', 'operator')}`,
      'content-type: image/png',
      'content-length: 99',
    ];
    const slow = await Promise.all([1, 2, 3].map(() => rawConnection(node)));
    for (const connection of slow) connection.write(`${head.join('\r\n')}\r\n\r\nx`);
    const file = await photo();
    await eventually(async () => {
      const { status, body, headers } = await upload(file);
      expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '3']);
    });
    for (const { socket } of slow) socket.destroy();
    await eventually(async () => expect((await upload(file)).status).toBe(201));
  });
});

it('sells while images are drawn: nothing of them runs where buys are decided', async () => {
  const sale = await shop.startSale({ quantity: 40 });
  const large = await photo(6_000, 4_000);
  const drawing = upload(large);
  const orders: Order[] = [];
  for (let n = 0; n < 20; n++) {
    const { body } = await shop.request<{ order: Order }>('POST', '/buy', {
      token: await shop.token(`ann-${n}`),
      body: { saleId: sale.id },
    });
    orders.push(body.order);
  }
  expect(new Set(orders.map(({ unit }) => unit)).size).toBe(20);
  expect((await drawing).status).toBe(201);
});
