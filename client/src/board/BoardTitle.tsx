import { useEffect } from 'react';
import { salePrice } from '../shop/sale-price.ts';
import { useView } from '../shop/use-view.ts';
import { boardTexts } from '../text/board.ts';
import { useLanguage } from '../text/language.ts';
import { useShopName } from '../ui/shop-brand.ts';

export function BoardTitle() {
  const { tag, texts, formats } = useLanguage();
  const name = useView(({ model }) => model.sale?.product.name ?? null);
  const price = useView(({ model }) =>
    model.sale === null ? null : salePrice(model.sale, { texts, formats }),
  );
  const shop = useShopName();
  useEffect(() => {
    document.title = name === null ? shop : boardTexts[tag].title(name, shop);
  }, [name, tag, shop]);
  return (
    <h1 className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 text-2xl font-semibold tracking-[-0.03em] [overflow-wrap:anywhere] lg:text-4xl">
      <bdi>{name ?? shop}</bdi>
      {price !== null && <span className="font-normal text-muted">{price}</span>}
    </h1>
  );
}
