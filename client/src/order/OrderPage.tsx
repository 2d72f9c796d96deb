import { moneyOf } from '@flipzon/protocol/money.ts';
import type { Order, OrderedProduct } from '@flipzon/protocol/schemas.ts';
import { useEffect, useState } from 'react';
import { Receipt } from '../shop/components/Receipt.tsx';
import type { MyOrders } from '../shop/live/fetch-orders.ts';
import { FooterLinks } from '../shop/notes/notes.tsx';
import { useVariantName } from '../shop/use-variant-name.ts';
import { useActions, useView } from '../shop/use-view.ts';
import { useLanguage } from '../text/language.ts';
import { orderPageTexts } from '../text/order-page.ts';
import { Fact } from '../ui/Fact.tsx';
import { Picture } from '../ui/Picture.tsx';
import { useShopName } from '../ui/shop-brand.ts';

const quiet =
  'inline-flex min-h-11 cursor-pointer items-center rounded-full border border-line px-4 font-semibold hover:border-ink print:hidden';

/** One of the customer's orders, to read and to print. Its number is behind the # of the address, which no server gets. */
export function OrderPage() {
  const { tag, texts } = useLanguage();
  const words = orderPageTexts[tag];
  const shop = useShopName();
  const { myOrders } = useActions();
  const customerId = useView(({ model }) => model.customer?.id ?? null);
  const [loaded, setLoaded] = useState<MyOrders | 'loading' | 'failed'>('loading');
  const number = location.hash.slice(1);

  useEffect(() => {
    document.title = `${number} · ${shop}`;
  }, [number, shop]);

  useEffect(() => {
    if (customerId !== null) {
      void myOrders().then((answer) => setLoaded(answer ?? 'failed'));
    }
  }, [customerId, myOrders]);

  const found = typeof loaded === 'object' ? loaded.orders.find((order) => order.number === number) : null;
  const product =
    typeof loaded === 'object' ? loaded.products?.find(({ saleId }) => saleId === found?.saleId) : undefined;
  const message =
    customerId === null
      ? words.signIn
      : loaded === 'loading'
        ? texts.orders.loading
        : loaded === 'failed'
          ? texts.orders.failed
          : words.notYours;
  return (
    <div data-page="order" className="mx-auto max-w-[44rem] px-5 py-8 sm:px-8">
      <main className="flex flex-col gap-6">
        {found == null ? (
          <p role="status" className="text-lg">
            {message}
          </p>
        ) : (
          <PrintedOrder order={found} product={product} />
        )}
        <p className="flex flex-wrap gap-3">
          {found != null && (
            <button type="button" className={quiet} onClick={() => print()}>
              {words.print}
            </button>
          )}
          <a href="/" className={quiet}>
            {texts.shop}
          </a>
        </p>
      </main>
      <footer className="mt-8">
        <FooterLinks />
      </footer>
    </div>
  );
}

function PrintedOrder(props: { order: Order; product: OrderedProduct | undefined }) {
  const { tag, texts, formats } = useLanguage();
  const words = orderPageTexts[tag];
  const { order, product } = props;
  const variant = useVariantName(order);
  const time = (iso: string) => <time dateTime={iso}>{formats.exactMoment(Date.parse(iso))}</time>;
  return (
    <article aria-labelledby="order-title" className="flex flex-col gap-6">
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h1 id="order-title" className="text-2xl font-semibold tracking-tight">
          {words.title}{' '}
          <bdi translate="no" className="whitespace-nowrap tabular-nums">
            {order.number}
          </bdi>
        </h1>
        <p className="text-muted">{location.host}</p>
      </header>
      <div className="flex flex-wrap items-start gap-6">
        {product?.image !== undefined && (
          <div className="relative aspect-square w-40">
            <Picture image={product.image} sizes="10rem" />
          </div>
        )}
        <dl className="grid flex-1 grid-cols-[repeat(auto-fit,minmax(10rem,1fr))] gap-x-6 gap-y-4">
          {product !== undefined && <Fact name={texts.order.product}>{product.name}</Fact>}
          {variant !== null && <Fact name={texts.variants.one}>{variant}</Fact>}
          <Fact name={texts.order.unit}>{formats.number(order.unit)}</Fact>
          <Fact name={texts.order.price}>{formats.price(moneyOf(order))}</Fact>
          <Fact name={words.status}>{texts.orders.status[order.status]}</Fact>
          <Fact name={texts.order.claimedAt}>{time(order.claimedAt)}</Fact>
          {order.confirmedAt !== null && (
            <Fact name={texts.order.confirmedAt}>{time(order.confirmedAt)}</Fact>
          )}
        </dl>
      </div>
      <details className="print:hidden">
        <summary className="min-h-11 cursor-pointer font-medium">{words.verify}</summary>
        <p className="text-sm text-muted">
          <bdi translate="no" className="[overflow-wrap:anywhere]">
            {order.id}
          </bdi>
        </p>
        <Receipt order={order} />
      </details>
    </article>
  );
}
