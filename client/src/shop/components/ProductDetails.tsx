import { useLanguage } from '../../text/language.ts';
import { Picture } from '../../ui/Picture.tsx';
import { useView } from '../use-view.ts';

/** What the shop says of the product, and the images beside the first one. */
export function ProductDetails() {
  const { texts } = useLanguage();
  const { description, images } = useView(({ model }) => ({
    description: model.sale?.product.description ?? null,
    images: model.sale?.product.images ?? null,
  }));
  const others = images?.slice(1) ?? [];
  if (description === null && others.length === 0) {
    return null;
  }
  return (
    <section aria-label={texts.product.region} className="grid gap-6 border-t border-line py-8 lg:gap-8">
      {description !== null && (
        <p
          dir="auto"
          className="max-w-[65ch] text-lg leading-relaxed text-pretty whitespace-pre-line [overflow-wrap:anywhere]"
        >
          {description}
        </p>
      )}
      {others.length > 0 && (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4">
          {others.map((image) => (
            <li key={image.id} className="relative aspect-square">
              <Picture image={image} sizes="(min-width: 64rem) 23vw, (min-width: 40rem) 31vw, 46vw" />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
