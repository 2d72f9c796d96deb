import { useEffect } from 'react';
import { useView } from '../shop/use-view.ts';
import { useLanguage } from '../text/language.ts';

export function BoardTitle() {
  const { texts, formats } = useLanguage();
  const { product, price } = useView(({ model }) => ({
    product: model.sale?.product.name ?? null,
    price: model.sale?.product.price ?? 0,
  }));
  useEffect(() => {
    document.title = product === null ? texts.brand : texts.boardPage.title(product);
  }, [product, texts]);
  return (
    <h1 className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 text-2xl font-semibold tracking-[-0.03em] [overflow-wrap:anywhere] lg:text-4xl">
      <bdi>{product ?? texts.brand}</bdi>
      {product !== null && <span className="font-normal text-muted">{formats.price(price)}</span>}
    </h1>
  );
}
