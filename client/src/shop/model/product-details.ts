import type { Product } from '@flipzon/protocol/schemas.ts';

/** The product has a description or images, and this page does not have them yet: events leave them out. */
export function lacksDetails({ edition, description, images }: Product): boolean {
  return edition !== undefined && description === undefined && images === undefined;
}

/** What is known of the same edition stays, so that it is not drawn again. */
export function withKnownDetails(told: Product, known: Product | null): Product {
  if (told.edition === undefined || known?.edition !== told.edition || lacksDetails(known)) return told;
  const { description, images } = known;
  return {
    ...told,
    ...(description === undefined ? {} : { description }),
    ...(images === undefined ? {} : { images }),
  };
}
