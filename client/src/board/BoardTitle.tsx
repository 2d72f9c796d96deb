import { moneyOf } from '@flipzon/protocol/money.ts';
import { useEffect } from 'react';
import { useView } from '../shop/use-view.ts';
import { useLanguage } from '../text/language.ts';

export function BoardTitle() {
  const { texts, formats } = useLanguage();
  const product = useView(({ model }) => model.sale?.product ?? null);
  const name = product?.name ?? null;
  useEffect(() => {
    document.title = name === null ? texts.brand : texts.boardPage.title(name);
  }, [name, texts]);
  return (
    <h1 className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 text-2xl font-semibold tracking-[-0.03em] [overflow-wrap:anywhere] lg:text-4xl">
      <bdi>{name ?? texts.brand}</bdi>
      {product !== null && <span className="font-normal text-muted">{formats.price(moneyOf(product))}</span>}
    </h1>
  );
}
