import { moneyOf } from '@flipzon/protocol/money.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { useLanguage } from '../../text/language.ts';
import { Fact } from '../../ui/Fact.tsx';
import { useVariantName } from '../use-variant-name.ts';
import { useView } from '../use-view.ts';

export function OrderFacts(props: { order: Order }) {
  const { texts, formats } = useLanguage();
  const { order } = props;
  const product = useView(({ model }) => (model.sale?.id === order.saleId ? model.sale.product.name : null));
  const variant = useVariantName(order);
  const time = (iso: string) => <time dateTime={iso}>{formats.exactMoment(Date.parse(iso))}</time>;
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(7rem,1fr))] gap-x-6 gap-y-3 text-sm">
      {variant !== null && <Fact name={texts.variants.one}>{variant}</Fact>}
      <Fact name={texts.order.claimedAt}>{time(order.claimedAt)}</Fact>
      <Fact name={texts.order.confirmedAt}>
        {order.confirmedAt === null ? texts.order.pending : time(order.confirmedAt)}
      </Fact>
      {product !== null && <Fact name={texts.order.product}>{product}</Fact>}
      <Fact name={texts.order.price}>{formats.price(moneyOf(order))}</Fact>
      <Fact name={texts.order.number} className="col-span-full">
        <bdi translate="no" className="[overflow-wrap:anywhere]">
          {order.number ?? order.id}
        </bdi>
      </Fact>
    </dl>
  );
}
