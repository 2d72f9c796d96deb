import type { Product } from '@flipzon/protocol/schemas.ts';

/** The product has a description or images, and this page does not have them yet: events leave them out. */
export function lacksDetails({ edition, description, images }: Product): boolean {
  return edition !== undefined && description === undefined && images === undefined;
}

/** What is known of the same edition stays, so that it is not drawn again. */
export function withKnownDetails(given: Product, known: Product | null): Product {
  if (given.edition === undefined || known?.edition !== given.edition || lacksDetails(known)) return given;
  const { description, images } = known;
  return {
    ...given,
    ...(description === undefined ? {} : { description }),
    ...(images === undefined ? {} : { images }),
  };
}
