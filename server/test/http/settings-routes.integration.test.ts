import { noSettings, type SettingsAnswer, type ShopShown } from '@flipzon/protocol/settings.ts';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { openShop, type Shop } from '../_support/shop.ts';
import { photo, uploadImage } from '../_support/upload-image.ts';

let shop: Shop;
let owner: string;
beforeAll(async () => {
  shop = await openShop(inject('mongodbUri'), { nodes: 2 });
  owner = await shop.token('anna', 'owner');
});
afterAll(() => shop?.[Symbol.asyncDispose]());

const read = async () => (await shop.request<SettingsAnswer>('GET', '/settings', { token: owner })).body;
const change = (body: unknown, headers: Record<string, string> = {}) =>
  shop.request<SettingsAnswer & { code?: string; detail?: string }>('PATCH', '/settings', {
    token: owner,
    body,
    headers,
  });

it('are for owners only', async () => {
  for (const [role, status] of [
    ['customer', 403],
    ['viewer', 403],
    ['operator', 403],
    ['owner', 200],
  ] as const) {
    const token = await shop.token('someone', role);
    expect((await shop.request('GET', '/settings', { token })).status, role).toBe(status);
    expect((await shop.request('PATCH', '/settings', { token, body: {} })).status, role).toBe(status);
  }
  expect((await shop.request('GET', '/settings')).status).toBe(401);
});

it('change by fields, on all nodes at once, and say by whom', async () => {
  const { version } = await read();
  const first = await change({
    name: '  Plattenladen  Nord ',
    links: { imprint: 'https://nord.example/imprint' },
    contact: { email: 'hallo@nord.example' },
  });
  expect(first.status).toBe(200);
  expect(first.headers.get('etag')).toBe(`"${version + 1}"`);
  expect(first.body).toMatchObject({
    version: version + 1,
    by: 'anna',
    settings: { name: 'Plattenladen Nord' },
  });
  const second = await change({ links: { terms: 'https://nord.example/terms' }, delivery: 'In two days.' });
  expect(second.body.settings).toMatchObject({
    name: 'Plattenladen Nord',
    links: { imprint: 'https://nord.example/imprint', terms: 'https://nord.example/terms', privacy: null },
    delivery: 'In two days.',
  });
  for (const node of shop.nodes)
    await vi.waitFor(async () =>
      expect((await shop.request('GET', '/shop.json', { node })).body).toEqual(second.body.settings),
    );
  expect(await read()).toEqual(second.body);
});

it('refuse a change of a version that is not the newest, and keep what is there', async () => {
  const { version, settings } = await read();
  const stale = await change({ name: 'Stale' }, { 'if-match': `"${version - 1}"` });
  expect([stale.status, stale.body.code]).toEqual([409, 'conflict']);
  expect((await read()).settings).toEqual(settings);
  const both = await Promise.all(
    ['One', 'Two', 'Three'].map((name) => change({ name }, { 'if-match': `"${version}"` })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect((await read()).version).toBe(version + 1);
});

it('refuse colours on which text is hard to read, and say which and why', async () => {
  const before = await read();
  const refused = await change({ colours: { backdrop: '#123456' } });
  expect([refused.status, refused.body.code]).toEqual([400, 'unreadable_colours']);
  expect(refused.body.detail).toBe(
    'Text on the background in #123456 has a contrast of 1.4:1 in light mode, less than 4.5:1. Choose a lighter one.',
  );
  expect(await read()).toEqual(before);
  expect((await change({ colours: { accent: '#0b5fa5', backdrop: '#cfe8dd' } })).status).toBe(200);
});

it('have a logo that was uploaded as any image, and no other', async () => {
  const { image } = (await uploadImage(shop, await photo(7))).body;
  const answer = await change({ logo: image.id });
  expect(answer.body.settings.logo).toEqual(image);
  const unknown = await change({ logo: '0'.repeat(32) });
  expect([unknown.status, unknown.body.code]).toEqual([400, 'invalid_request']);
  expect((await change({ logo: null })).body.settings.logo).toBeNull();
});

it('refuse what is no address, and bodies without bounds', async () => {
  const script = await change({ links: { imprint: 'javascript:alert(1)' } });
  expect([script.status, script.body.code]).toEqual([400, 'invalid_request']);
  expect((await change({ name: 'a'.repeat(60_000) })).status).toBe(413);
});

it('are in the log with what has changed, once', async () => {
  const { version } = await change({ name: 'Logged' }).then(({ body }) => body);
  const entries = async () =>
    (
      await shop.operate<{ actions: { id: string; action: string; by: string; changes: unknown[] }[] }>(
        'GET',
        '/operator/actions?limit=50',
      )
    ).body.actions.filter(({ id }) => id === `settings:${version}`);
  await vi.waitFor(async () => expect(await entries()).toHaveLength(1));
  const [entry] = await entries();
  expect(entry).toMatchObject({ action: 'settings', by: 'anna', outcome: 'done' });
  expect(entry?.changes).toEqual([expect.objectContaining({ field: 'shopName', after: 'Logged' })]);
});

it('that someone broke in MongoDB are built-in ones, on every page, until an owner saves others', async () => {
  const { version } = (await change({ name: 'Whole', links: { imprint: 'https://nord.example/' } })).body;
  const mongodb = await createConnection(shop.mongodbUri).asPromise();
  const settings = {
    name: 'Broken',
    colours: { accent: 'red' },
    links: { imprint: 'https://nord.example/new' },
  };
  const broken = { _id: version + 1, settings } as object;
  await mongodb.collection('settingsrevisions').insertOne(broken);
  await mongodb.close();
  const node = await shop.addNode();
  const { body } = await shop.request<ShopShown>('GET', '/shop.json', { node });
  expect(body).toMatchObject({ name: 'Broken', colours: noSettings.colours, links: noSettings.links });
  const saved = await change({ links: { imprint: 'https://nord.example/last' } });
  expect([saved.status, saved.body.version]).toEqual([200, version + 2]);
  expect(saved.body.settings.links.imprint).toBe('https://nord.example/last');
});

it('are there again after a start, and in the page that a node sends', async () => {
  await change({ name: '</script><b>Nord' });
  const node = await shop.addNode();
  const { body } = await shop.request<{ name: string }>('GET', '/shop.json', { node });
  expect(body.name).toBe('</script><b>Nord');
});
