import { beforeAll, expect, it } from 'vitest';
import { createImages, type ImageStore } from '../../src/product/images.ts';
import { photo } from '../_support/upload-image.ts';

const clock = { now: () => 1_000 };
let files: Buffer[];
beforeAll(async () => {
  files = await Promise.all([1, 2, 3, 4].map((green) => photo(green, { width: 32, height: 32 })));
});

/** Whatever asks it waits until `answer` is called. */
function slowStore() {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  const reads = { now: 0, most: 0 };
  const store: ImageStore = {
    byIds: async () => [],
    again: () => answered.then(() => ({ image: null, isLeaving: false })),
    count: async () => 0,
    add: async () => undefined,
    async file(id) {
      reads.most = Math.max(reads.most, ++reads.now);
      await answered;
      reads.now--;
      return Buffer.from(id);
    },
  };
  return { store, reads, answer };
}

it('all images that the first visitors of a node ask for are served, though few are read at once', async () => {
  const { store, reads, answer } = slowStore();
  const images = createImages({ store, clock });
  const ids = Array.from({ length: 200 }, (_, n) => `image-${n}`);
  const served = Promise.all(ids.map((id) => images.file(id, 320, 'webp')));
  answer();
  expect((await served).map(String)).toEqual(ids);
  expect(reads).toEqual({ now: 0, most: 16 });
});

it('an image that is beyond the line is refused, and nothing is left in it', async () => {
  const { store, answer } = slowStore();
  const images = createImages({ store, clock });
  const asked = Array.from({ length: 600 }, (_, n) => images.file(`image-${n}`, 320, 'webp'));
  const outcomes = Promise.allSettled(asked);
  answer();
  const served = (await outcomes).filter(({ status }) => status === 'fulfilled');
  expect(served).toHaveLength(16 + 512);
  expect(String(await images.file('later', 320, 'webp'))).toBe('later');
});

it('at most three files wait to be drawn, whether or not their clients still wait', async () => {
  const { store, answer } = slowStore();
  const images = createImages({ store, clock });
  const [first, second, third, fourth] = files.map((file) => images.add(file, 'olga'));
  expect(await fourth).toMatchObject({ ok: false, code: 'unavailable' });
  answer();
  expect(await Promise.all([first, second, third])).toMatchObject(Array(3).fill({ ok: true, isNew: true }));
  expect(await images.add(files[3] as Buffer, 'olga')).toMatchObject({ ok: true });
});
