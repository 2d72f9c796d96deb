import {
  altLengthMax,
  descriptionLengthMax,
  type ImageWanted,
  type ProductImage,
} from '@flipzon/protocol/product.ts';
import type { Product } from '@flipzon/protocol/schemas.ts';

/** The fields about a product's looks, as typed. */
export interface ProductDraft {
  description: string;
  images: readonly ProductImage[];
}

export type ProductFault = 'description' | 'alt';

export const emptyProduct: ProductDraft = { description: '', images: [] };

export function productDraftOf({ description = '', images = [] }: Product): ProductDraft {
  return { description, images };
}

export function productFaults({ description, images }: ProductDraft): ProductFault[] {
  return [
    ...(description.trim().length > descriptionLengthMax ? ['description' as const] : []),
    ...(images.every(({ alt }) => isAlt(alt)) ? [] : ['alt' as const]),
  ];
}

export function isAlt(alt: string): boolean {
  const { length } = alt.trim();
  return length > 0 && length <= altLengthMax;
}

export function wantedOf({ description, images }: ProductDraft): {
  description: string;
  images: ImageWanted[];
} {
  return { description: description.trim(), images: images.map(({ id, alt }) => ({ id, alt: alt.trim() })) };
}
