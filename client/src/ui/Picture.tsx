import type { ProductImage } from '@flipzon/protocol/product.ts';

/** An image of a product, whole and in the middle of its box, in the width that the device needs. */
export function Picture(props: {
  image: ProductImage;
  /** How wide it is drawn, as in `<img sizes>`. */
  sizes: string;
  /** Seen as soon as the page is there. */
  first?: boolean;
}) {
  const { image, sizes, first = false } = props;
  const { alt, width, height } = image;
  return (
    <picture className="contents">
      <source type="image/webp" srcSet={sourcesOf(image, 'webp')} sizes={sizes} />
      <img
        src={addressOf(image, image.widths[0] ?? width, 'jpeg')}
        srcSet={sourcesOf(image, 'jpeg')}
        alt={alt}
        {...{ sizes, width, height }}
        className="absolute inset-0 m-auto h-auto max-h-full w-auto max-w-full rounded-2xl"
        loading={first ? 'eager' : 'lazy'}
        fetchPriority={first ? 'high' : 'auto'}
        decoding="async"
      />
    </picture>
  );
}

/** One for a list of images, as small as they come. */
export function smallest(image: Pick<ProductImage, 'id' | 'widths' | 'width'>): string {
  return addressOf(image, image.widths[0] ?? image.width, 'webp');
}

function sourcesOf(image: ProductImage, format: 'webp' | 'jpeg'): string {
  return image.widths.map((width) => `${addressOf(image, width, format)} ${width}w`).join(', ');
}

function addressOf({ id }: Pick<ProductImage, 'id'>, width: number, format: 'webp' | 'jpeg'): string {
  return `/images/${id}/${width}.${format}`;
}
