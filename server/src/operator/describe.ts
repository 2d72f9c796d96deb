import type { Image, ImageWanted } from '@flipzon/protocol/product.ts';
import type { ProductDetails } from '../sale/product.ts';
import type { OperatorRefusal } from './outcome.ts';

interface Wanted {
  description?: string | undefined;
  images?: readonly ImageWanted[] | undefined;
}

/** Null: a name and a price are all that there is. */
type Described = { ok: true; details: ProductDetails | null } | ({ ok: false } & OperatorRefusal);

/** What an operator has given, with the images as they were uploaded. */
export type Describe = (wanted: Wanted, edition: number) => Promise<Described>;

export function createDescribe(images: { byIds(ids: readonly string[]): Promise<Image[]> }): Describe {
  return async ({ description = '', images: wanted = [] }, edition) => {
    if (description === '' && wanted.length === 0) return { ok: true, details: null };
    const found = wanted.length === 0 ? [] : await images.byIds(wanted.map(({ id }) => id));
    const known = new Map(found.map((image) => [image.id, image]));
    const missing = wanted.find(({ id }) => !known.has(id));
    if (missing !== undefined)
      return {
        ok: false,
        code: 'invalid_request',
        message: `Image ${missing.id} not found. Upload it with POST /images first.`,
      };
    const shown = wanted.map(({ id, alt }) => ({ ...(known.get(id) as Image), alt }));
    return { ok: true, details: { description, images: shown, edition } };
  };
}
