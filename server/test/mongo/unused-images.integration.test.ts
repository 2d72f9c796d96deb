import { randomBytes } from 'node:crypto';
import { noSettings } from '@flipzon/protocol/settings.ts';
import { expect, inject, it, onTestFinished } from 'vitest';
import { connectMongo } from '../../src/mongo/connection.ts';
import { createImageStore } from '../../src/mongo/image-store.ts';
import { createModels } from '../../src/mongo/models.ts';
import { createPlanStore } from '../../src/mongo/plan-store.ts';
import { createSaleStore } from '../../src/mongo/sale-store.ts';
import { createSettingsStore } from '../../src/mongo/settings-store.ts';
import { createUnusedImageStore } from '../../src/mongo/unused-image-store.ts';
import { ImageSweep } from '../../src/product/image-sweep.ts';
import { createImages } from '../../src/product/images.ts';
import type { ProductDetails } from '../../src/sale/product.ts';
import { saleOf } from '../_support/sale-of.ts';
import { photo } from '../_support/upload-image.ts';

const hour = 3_600_000;

/** MongoDB, and images of which each has one file. */
async function openImages() {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const connection = await connectMongo(inject('mongodbUri'), name, () => undefined);
  onTestFinished(() => connection.close());
  const models = await createModels(connection);
  const store = createImageStore(models, models);
  const clock = { ms: 100 * hour, now: () => clock.ms };
  const removed: string[] = [];
  const unused = createUnusedImageStore(models);
  const sweepOf = (over: Partial<typeof unused> = {}) =>
    new ImageSweep({
      ...{ store: { ...unused, ...over }, clock },
      onRemoved: (id) => removed.push(id),
      onError: (error) => expect.fail(String(error)),
    });
  return {
    ...{ models, store, unused, clock, removed, sweepOf },
    sweep: () => sweepOf().sweepOnce(),
    upload: async (id: string) => {
      const image = { id, width: 9, height: 9, widths: [9] };
      const made = { by: 'olga', at: clock.now() };
      await store.add({ ...image, ...made }, [{ width: 9, format: 'webp', bytes: Buffer.from(id) }]);
    },
    /** Ids of the images that can be shown, and of those that have their file. */
    async there() {
      const ids = (await unused.all()).map((image) => image.id).sort();
      const files = await Promise.all(
        ids.map(async (id) => ((await store.file(id, 9, 'webp')) === null ? [] : [id])),
      );
      return { ids, files: files.flat() };
    },
  };
}

const detailsWith = (...ids: string[]): ProductDetails => ({
  description: '',
  images: ids.map((id) => ({ id, alt: id, width: 9, height: 9, widths: [9] })),
  edition: 1,
});

it('images that nothing shows are removed; those of sales, plans, drafts and settings and new ones stay', async () => {
  const { models, clock, sweep, upload, there, removed } = await openImages();
  const shown = ['edited', 'sale', 'plan', 'draft', 'logo', 'dropped', 'earlier-logo', 'unused'];
  for (const id of shown) await upload(id);
  const sales = createSaleStore(models);
  const sale = saleOf('first');
  const withImages = { ...sale, terms: { ...sale.terms, details: detailsWith('edited', 'sale') } };
  await sales.create(withImages, 'olga', null);
  const edited = { ...sale.terms, revision: 2, details: detailsWith('sale') };
  await sales.revise('first', edited, { action: 'edit', by: 'olga', at: 1 });
  // The terms in force have the description and images of the one before.
  await sales.revise('first', { ...edited, revision: 3 }, { action: 'pause', by: 'olga', at: 2 });
  const plans = createPlanStore(models);
  const { terms, ...rest } = saleOf('planned');
  const planOf = (id: string, draft: boolean) => ({
    ...{ ...rest, id, draft, quantity: terms.quantity, startsAt: 1, endsAt: null, createdBy: 'olga' },
    details: detailsWith(id),
  });
  for (const id of ['plan', 'draft', 'dropped']) await plans.add(planOf(id, id === 'draft'));
  expect(await plans.drop(planOf('dropped', false))).toBe(true);
  const settings = createSettingsStore(models);
  for (const [version, id] of [
    [1, 'earlier-logo'],
    [2, 'logo'],
  ] as const) {
    const logo = { id, width: 9, height: 9, widths: [9] };
    await settings.add({
      ...{ version, settings: { ...noSettings, logo } },
      ...{ by: 'olga', at: 1, changes: [] },
    });
  }

  await sweep();
  clock.ms += 25 * hour;
  await upload('new');
  await sweep();
  // Decided, and not removed yet.
  expect((await there()).ids).toEqual([...shown, 'new'].sort());
  clock.ms += 2 * hour;
  await sweep();
  const left = ['draft', 'logo', 'new', 'plan', 'sale'];
  expect(await there()).toEqual({ ids: left, files: left });
  expect(removed.sort()).toEqual(['dropped', 'earlier-logo', 'edited', 'unused']);
  expect(await models.ImageFile.countDocuments()).toBe(left.length);
});

it('two nodes that sweep at once remove the same images, once, and forget them after two days', async () => {
  const { models, clock, sweep, upload, there } = await openImages();
  for (const id of ['a', 'b', 'c']) await upload(id);
  clock.ms += 25 * hour;
  await Promise.all([sweep(), sweep()]);
  clock.ms += 2 * hour;
  await Promise.all([sweep(), sweep()]);
  expect(await there()).toEqual({ ids: [], files: [] });
  expect(await models.ImageRemoval.countDocuments()).toBe(3);
  clock.ms += 48 * hour;
  await Promise.all([sweep(), sweep()]);
  expect(await models.ImageRemoval.countDocuments()).toBe(0);
});

it('an image that is to be removed cannot be shown by anything new; one that is shown by then stays', async () => {
  const { models, store, clock, sweep, upload, there } = await openImages();
  for (const id of ['late', 'gone']) await upload(id);
  clock.ms += 25 * hour;
  await sweep();
  expect(await store.byIds(['late', 'gone'])).toEqual([]);
  // Its request has read the image just before.
  const sale = saleOf('first');
  const terms = { ...sale.terms, details: detailsWith('late') };
  await createSaleStore(models).create({ ...sale, terms }, 'olga', null);
  clock.ms += 2 * hour;
  await sweep();
  expect(await there()).toEqual({ ids: ['late'], files: ['late'] });
  expect((await store.byIds(['late'])).map(({ id }) => id)).toEqual(['late']);
});

it('a file that is uploaded again keeps its image; while that is being removed, it gets another', async () => {
  const { store, unused, clock, sweep, sweepOf } = await openImages();
  const images = createImages({ store, clock });
  const file = await photo(77, { width: 32, height: 32 });
  const upload = async () => {
    const outcome = await images.add(file, 'olga');
    return outcome.ok ? outcome.image.id : outcome.code;
  };
  const id = await upload();
  clock.ms += 25 * hour;
  expect(await upload()).toBe(id);
  await sweep();
  expect(await unused.removals()).toEqual([]);

  // Between the sweep's look at the images and its decision.
  clock.ms += 25 * hour;
  const decide = async (removal: { id: string; at: number }) => {
    expect(await upload()).toBe(id);
    await unused.decide(removal);
  };
  await sweepOf({ decide }).sweepOnce();
  expect(await unused.removals()).toEqual([]);

  clock.ms += 25 * hour;
  await sweep();
  const other = await upload();
  expect(other).not.toBe(id);
  clock.ms += 2 * hour;
  await sweep();
  expect((await unused.all()).map((image) => image.id).sort()).toEqual([other]);
  expect(await images.file(other, 32, 'webp')).not.toBeNull();
});
