import { createHash } from 'node:crypto';
import { type Image, type ImageFormat, imageBytesMax } from '@flipzon/protocol/product.ts';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../sale/ports.ts';
import { NoAnswerInTime } from '../shared/with-timeout.ts';
import { type RenderedFile, renderImage } from './render-image.ts';

/** MongoDB, as far as images need it. */
export interface ImageStore {
  byIds(ids: readonly string[]): Promise<Image[]>;
  count(): Promise<number>;
  /** On disk when it resolves; the image is there only once all its files are. Safe to repeat. */
  add(image: Image & { by: string; at: number }, files: readonly RenderedFile[]): Promise<void>;
  file(id: string, width: number, format: ImageFormat): Promise<Buffer | null>;
}

export type ImageOutcome =
  | { ok: true; image: Image; isNew: boolean }
  | { ok: false; code: 'invalid_image' | 'conflict'; message: string };

export interface Images {
  add(file: Buffer, by: string): Promise<ImageOutcome>;
  /** Null: there is none of that name. */
  file(id: string, width: number, format: ImageFormat): Promise<Buffer | null>;
}

/** A shop has a few for each product. */
const imagesOfShopMax = 2_000;
/** All files of some fifty images, as many as the products of a month have. */
const keptBytesMax = 32 * 1024 * 1024;
/** Files that are read from MongoDB at once; more would only wait for each other, and take the connections of others. */
const readsMax = 16;

interface Dependencies {
  store: ImageStore;
  clock: Clock;
}

/** Pictures of products: drawn again when they are uploaded, one at a time, and served from memory. */
export function createImages({ store, clock }: Dependencies): Images {
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  let reads = 0;
  const kept = new LRUCache<string, Buffer, { id: string; width: number; format: ImageFormat }>({
    maxSize: keptBytesMax,
    sizeCalculation: (bytes) => bytes.length,
    fetchMethod: async (_name, _stale, { context: { id, width, format } }) => {
      if (reads >= readsMax) throw new NoAnswerInTime(`${reads} images are being read`);
      reads++;
      try {
        return (await store.file(id, width, format)) ?? undefined;
      } finally {
        reads--;
      }
    },
  });

  const draw = async (file: Buffer, id: string, by: string): Promise<ImageOutcome> => {
    const [known] = await store.byIds([id]);
    if (known !== undefined) return { ok: true, image: known, isNew: false };
    if ((await store.count()) >= imagesOfShopMax) return full;
    const drawn = await renderImage(file);
    if (!drawn.ok) return { ok: false, code: 'invalid_image', message: drawn.message };
    const { width, height, widths, files } = drawn;
    const image: Image = { id, width, height, widths };
    await store.add({ ...image, by, at: clock.now() }, files);
    return { ok: true, image, isNew: true };
  };

  return {
    async add(file, by) {
      if (file.length === 0 || file.length > imageBytesMax) return empty;
      return inTurn(() => draw(file, imageIdOf(file), by));
    },
    async file(id, width, format) {
      return (await kept.fetch(`${id}/${width}.${format}`, { context: { id, width, format } })) ?? null;
    },
  };
}

/** A change of how images are drawn changes this, so that an address never shows two pictures. */
const drawnAs = 'flipzon image 1\n';

function imageIdOf(file: Buffer): string {
  return createHash('sha256').update(drawnAs).update(file).digest('hex').slice(0, 32);
}

const empty = {
  ok: false,
  code: 'invalid_image',
  message: 'The request has no image. Send the file itself as the body.',
} as const;

const full = {
  ok: false,
  code: 'conflict',
  message: `The shop has ${imagesOfShopMax} images, and the limit is that many.`,
} as const;
