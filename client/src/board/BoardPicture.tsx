import { useView } from '../shop/use-view.ts';
import { Picture } from '../ui/Picture.tsx';

/** What the numbers are about, where there is an image of it. */
export function BoardPicture() {
  const image = useView(({ model }) => model.sale?.product.images?.[0] ?? null);
  if (image === null) return null;
  return (
    <div className="relative h-44 shrink-0 lg:h-[22svh]">
      <Picture image={image} sizes="(min-width: 64rem) 22vw, 100vw" first />
    </div>
  );
}
