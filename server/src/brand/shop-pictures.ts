import { createHash } from 'node:crypto';
import type { Image } from '@flipzon/protocol/product.ts';
import type { ShopShown } from '@flipzon/protocol/settings.ts';
import { LRUCache } from 'lru-cache';
import { NoAnswerInTime } from '../shared/with-timeout.ts';
import type { IconName } from './picture-sizes.ts';
import type { ShareContent } from './share-picture.ts';

/** What the picture beside a link shows, with the product's image by its name. */
export interface ShareWords extends Omit<ShareContent, 'image' | 'colours'> {
  image: Pick<Image, 'id' | 'widths'> | null;
}

interface Dependencies {
  shop: () => ShopShown;
  readImage: (id: string, width: number, format: 'jpeg') => Promise<Buffer | null>;
}

/** The words of a page in four languages, before and during a sale, and those of the previous sale. */
const wordsMax = 40;
/** About 80 KB each. */
const picturesMax = 24;
/** Drawings that wait or are in progress; beyond that, requests must try again. */
const waitingMax = 8;
/** Wide enough for half of the picture. */
const imageWidth = 640;
/** Change this with the way that pictures are drawn, so that one address never shows two pictures. */
const drawnAs = 'flipzon shop picture 1\n';

/**
 * Icons, and the pictures that are shown beside links to the shop. Only what a page names is drawn, once, and one at a time:
 * requests for other addresses draw nothing.
 */
export class ShopPictures {
  readonly #deps: Dependencies;
  readonly #words = new LRUCache<string, ShareWords & Pick<ShareContent, 'colours'>>({ max: wordsMax });
  readonly #drawn = new LRUCache<string, Promise<Buffer>>({ max: picturesMax });
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #nameCurrent: () => void = () => undefined;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** The address of the picture with these words; it never shows anything else. */
  shareAddress(words: ShareWords): string {
    const content = { ...words, colours: this.#deps.shop().colours };
    const hash = hashOf(content);
    this.#words.set(hash, content);
    return `/share/${hash}.jpg`;
  }

  /** `name` gives the current pages' pictures their addresses: those of a page that another node has sent are the same. */
  nameBy(name: () => void): void {
    this.#nameCurrent = name;
  }

  /** Null: neither a current page nor one that this node has sent lately names it. */
  async share(hash: string): Promise<Buffer | null> {
    if (!this.#words.has(hash)) this.#nameCurrent();
    const words = this.#words.get(hash);
    if (words === undefined) return null;
    return this.#drawOnce(hash, async () => {
      // Loaded with the first picture, as the library of uploads is with the first upload.
      const { drawSharePicture } = await import('./share-picture.ts');
      return drawSharePicture({ ...words, image: await this.#read(words.image) });
    });
  }

  iconAddress(name: IconName): string {
    return `/icons/${this.#iconHash()}-${name}.png`;
  }

  /** Null: the shop has a different logo or colour by now. */
  async icon(hash: string, name: IconName): Promise<Buffer | null> {
    if (hash !== this.#iconHash()) return null;
    const { logo, colours } = this.#deps.shop();
    return this.#drawOnce(`${hash}-${name}`, async () => {
      const { drawIcon } = await import('./icons.ts');
      return drawIcon(name, await this.#read(logo), colours.accent);
    });
  }

  #iconHash(): string {
    const { logo, colours } = this.#deps.shop();
    return hashOf({ logo: logo?.id, accent: colours.accent });
  }

  async #read(image: Pick<Image, 'id' | 'widths'> | null): Promise<Buffer | null> {
    if (image === null) return null;
    const width = image.widths.find((each) => each >= imageWidth) ?? image.widths.at(-1) ?? imageWidth;
    return this.#deps.readImage(image.id, width, 'jpeg');
  }

  #drawOnce(key: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.#drawn.get(key);
    if (known !== undefined) return known;
    if (this.#waiting >= waitingMax)
      return Promise.reject(new NoAnswerInTime(`${this.#waiting} other pictures are being drawn`));
    this.#waiting++;
    const made = this.#turn.then(draw).finally(() => this.#waiting--);
    this.#turn = made.catch(() => this.#drawn.delete(key));
    this.#drawn.set(key, made);
    return made;
  }
}

function hashOf(content: object): string {
  return createHash('sha256').update(drawnAs).update(JSON.stringify(content)).digest('hex').slice(0, 32);
}
