import { createHash } from 'node:crypto';
import { type Image, type ImageFormat, imageBytesMax } from '@flipzon/protocol/product.ts';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../sale/ports.ts';
import { NoAnswerInTime, withTimeout } from '../shared/with-timeout.ts';
import type { RenderedFile } from './render-image.ts';

/** MongoDB, as far as images need it. */
export interface ImageStore {
  /** Without those whose removal is decided. */
  byIds(ids: readonly string[]): Promise<Image[]>;
  count(): Promise<number>;
  /** Notes that the file was uploaded once more. `isLeaving`: its removal is decided; it needs another id. */
  again(id: string, now: number): Promise<{ image: Image | null; isLeaving: boolean }>;
  /** On disk when it resolves; the image is there only once all its files are. Safe to repeat. */
  add(image: Image & { by: string; at: number }, files: readonly RenderedFile[]): Promise<void>;
  file(id: string, width: number, format: ImageFormat): Promise<Buffer | null>;
}

export type ImageOutcome =
  | { ok: true; image: Image; isNew: boolean }
  | { ok: false; code: 'invalid_image' | 'conflict' | 'unavailable'; message: string };

export interface Images {
  add(file: Buffer, by: string): Promise<ImageOutcome>;
  /** Null: there is none of that name. */
  file(id: string, width: number, format: ImageFormat): Promise<Buffer | null>;
}

/** A shop has a few for each product. */
const imagesOfShopMax = 2_000;
/** All files of some fifty images, as many as the products of a month have. */
const keptBytesMax = 32 * 1024 * 1024;
/** Files that wait to be drawn, and the one that is: each is in memory, also when the client that sent it has gone. */
const drawnAtOnceMax = 3;
/** Files that are read from MongoDB at once; more would only take the connections of others. */
const readsMax = 16;
/** Further reads wait in line: all pictures of several products, when the first visitors come to a node that has just started. */
const readsWaitingMax = 512;
const fileMsMax = 10_000;

interface Dependencies {
  store: ImageStore;
  clock: Clock;
}

/** Pictures of products: drawn again when they are uploaded, one at a time, and served from memory. */
export function createImages({ store, clock }: Dependencies): Images {
  let turn: Promise<unknown> = Promise.resolve();
  let inLine = 0;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    inLine++;
    const mine = turn.then(work).finally(() => inLine--);
    turn = mine.catch(() => undefined);
    return mine;
  };

  const readInLine = createLine(readsMax, readsWaitingMax);
  const kept = new LRUCache<string, Buffer, { id: string; width: number; format: ImageFormat }>({
    maxSize: keptBytesMax,
    sizeCalculation: (bytes) => bytes.length,
    // A read that waits is the oldest entry; its clients wait for it even when later ones have taken its room.
    ignoreFetchAbort: true,
    fetchMethod: async (_name, _stale, { context: { id, width, format } }) =>
      (await readInLine(() => store.file(id, width, format))) ?? undefined,
  });

  const draw = async (file: Buffer, by: string): Promise<ImageOutcome> => {
    const { id, image: known } = await idFor(store, file, clock.now());
    if (id === null) return busy;
    if (known !== null) return { ok: true, image: known, isNew: false };
    if ((await store.count()) >= imagesOfShopMax) return full;
    // Loaded with the first upload: few starts need libvips.
    const { renderImage } = await import('./render-image.ts');
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
      return inLine < drawnAtOnceMax ? inTurn(() => draw(file, by)) : busy;
    },
    async file(id, width, format) {
      const reading = kept.fetch(`${id}/${width}.${format}`, { context: { id, width, format } });
      return (await withTimeout(fileMsMax, reading)) ?? null;
    },
  };
}

/** Runs so much work at once; as much as `waitingMax` waits in line, and more is refused (`NoAnswerInTime`). */
function createLine(atOnceMax: number, waitingMax: number) {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting.length >= waitingMax) throw new NoAnswerInTime(`${waiting.length} others wait`);
    if (underWay < atOnceMax) underWay++;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) underWay--;
      else next();
    }
  };
}

/** A change of how images are drawn changes this, so that an address never shows two pictures. */
const drawnAs = 'flipzon image 1\n';

/** A file whose image is being removed gets another id, and the next one as long as that image goes too. */
const idsOfFileMax = 10;

async function idFor(
  store: Pick<ImageStore, 'again'>,
  file: Buffer,
  now: number,
): Promise<{ id: string | null; image: Image | null }> {
  for (let turn = 0; turn < idsOfFileMax; turn++) {
    const id = imageIdOf(file, turn);
    const { image, isLeaving } = await store.again(id, now);
    if (!isLeaving) return { id, image };
  }
  return { id: null, image: null };
}

function imageIdOf(file: Buffer, turn: number): string {
  const hash = createHash('sha256').update(drawnAs).update(file);
  return (turn === 0 ? hash : hash.update(`${turn}`)).digest('hex').slice(0, 32);
}

const empty = {
  ok: false,
  code: 'invalid_image',
  message: 'The request has no image. Send the file itself as the body.',
} as const;

const busy = {
  ok: false,
  code: 'unavailable',
  message: 'Other images are being drawn. Try again in a few seconds.',
} as const;

const full = {
  ok: false,
  code: 'conflict',
  message: `The shop has ${imagesOfShopMax} images, and the limit is that many.`,
} as const;
