import type { Clock } from '../sale/ports.ts';
import { Repeated } from '../shared/repeated.ts';

export interface StoredImage {
  id: string;
  /** ms since 1970; of the last upload of this file. */
  uploadedAt: number;
}

/** The decision that an image goes. From then on nothing new can show it. */
export interface ImageRemoval {
  id: string;
  /** ms since 1970 */
  at: number;
}

/** MongoDB, as far as unused images need it. */
export interface UnusedImageStore {
  all(): Promise<StoredImage[]>;
  uploadedAt(id: string): Promise<number | null>;
  /** Images that a sale, plan, draft or setting shows. */
  used(): Promise<ReadonlySet<string>>;
  removals(): Promise<ImageRemoval[]>;
  /** Safe to repeat: the first one counts. */
  decide(removal: ImageRemoval): Promise<void>;
  takeBack(id: string): Promise<void>;
  /** Deletes the image and then its files. Safe to repeat. */
  remove(id: string): Promise<void>;
}

const lookEveryMs = 3_600_000;
/** Someone fills in the form of a sale with it, or comes back to it tomorrow. */
const unusedMsMin = 86_400_000;
/** Longer than any request takes that has read the image before its removal was decided. */
const decidedMsMin = 3_600_000;
/** Longer than a node takes to delete the files of an image. */
const rememberedMs = 172_800_000;

interface Dependencies {
  store: UnusedImageStore;
  clock: Clock;
  onRemoved: (id: string) => void;
  onError: (error: unknown) => void;
}

/**
 * Removes images that nothing shows. The removal is decided first and carried out by a later sweep, unless something shows the image by
 * then. Every node sweeps; two at once are harmless.
 */
export class ImageSweep {
  readonly #deps: Dependencies;
  readonly #repeated: Repeated;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#repeated = new Repeated(() => this.sweepOnce(), lookEveryMs, deps.onError);
  }

  start(): void {
    this.#repeated.start();
  }

  stop(): Promise<void> {
    return this.#repeated.stop();
  }

  async sweepOnce(): Promise<void> {
    const { store, clock } = this.#deps;
    const now = clock.now();
    const removals = await store.removals();
    const images = new Map((await store.all()).map((image) => [image.id, image]));
    // After the images: whatever began to show one of them meanwhile counts.
    const used = await store.used();
    const leaving = new Set(removals.map(({ id }) => id));
    for (const { id, uploadedAt } of images.values())
      if (!leaving.has(id) && !used.has(id) && uploadedAt < now - unusedMsMin) await this.#decide(id, now);
    for (const removal of removals)
      if (removal.at < now - decidedMsMin) await this.#carryOut(removal, images.get(removal.id), used, now);
  }

  async #decide(id: string, now: number): Promise<void> {
    const { store } = this.#deps;
    await store.decide({ id, at: now });
    // An upload notes itself and then looks for a removal: one of the two sees the other.
    const uploadedAt = await store.uploadedAt(id);
    if (uploadedAt !== null && uploadedAt >= now - unusedMsMin) await store.takeBack(id);
  }

  async #carryOut(
    { id, at }: ImageRemoval,
    image: StoredImage | undefined,
    used: ReadonlySet<string>,
    now: number,
  ): Promise<void> {
    const { store, onRemoved } = this.#deps;
    if (image === undefined) {
      if (at >= now - rememberedMs) return;
      // Again, in case a node died between the image and its files.
      await store.remove(id);
      await store.takeBack(id);
    } else if (used.has(id) || image.uploadedAt >= at - unusedMsMin) await store.takeBack(id);
    else {
      await store.remove(id);
      onRemoved(id);
    }
  }
}
