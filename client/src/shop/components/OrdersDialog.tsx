import { useCallback, useEffect, useRef, useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { hasSession } from '../device/token.ts';
import type { MyOrders } from '../live/fetch-orders.ts';
import { useActions } from '../use-view.ts';
import { OrderRow } from './OrderRow.tsx';

type Loaded = { orders: MyOrders } | 'loading' | 'failed';

/** All orders of the customer, over all sales. A modal dialog of the browser's own: it keeps the focus, and Escape closes it. */
export function OrdersDialog(props: { onClose: () => void }) {
  const { texts, formats } = useLanguage();
  const { myOrders, signOut } = useActions();
  const dialog = useRef<HTMLDialogElement>(null);
  const [loaded, setLoaded] = useState<Loaded>('loading');
  const words = texts.orders;

  const load = useCallback(() => {
    setLoaded('loading');
    void myOrders().then((orders) => setLoaded(orders === null ? 'failed' : { orders }));
  }, [myOrders]);

  useEffect(() => {
    dialog.current?.showModal();
    load();
  }, [load]);

  return (
    <dialog
      ref={dialog}
      aria-labelledby="my-orders"
      onClose={props.onClose}
      className="m-auto max-h-[min(44rem,90svh)] w-[min(40rem,calc(100vw-2rem))] overflow-y-auto rounded-3xl border border-line bg-card p-5 text-ink backdrop:bg-black/50 sm:p-7"
    >
      <div className="flex items-center justify-between gap-4">
        <h2 id="my-orders" className="text-xl font-semibold tracking-tight">
          {words.title}
        </h2>
        <button
          type="button"
          onClick={() => dialog.current?.close()}
          className="min-h-11 cursor-pointer rounded-full border border-line px-4 text-sm font-semibold hover:border-ink"
        >
          {words.close}
        </button>
      </div>
      <div role="status" className="mt-2 text-muted">
        {loaded === 'loading' && words.loading}
        {loaded === 'failed' && words.failed}
        {typeof loaded === 'object' &&
          words.total(loaded.orders.totalPurchases, formats.number(loaded.orders.totalPurchases))}
      </div>
      {loaded === 'failed' && (
        <button
          type="button"
          onClick={load}
          className="mt-3 min-h-11 cursor-pointer rounded-full border border-line px-4 text-sm font-semibold hover:border-ink"
        >
          {words.again}
        </button>
      )}
      {typeof loaded === 'object' && <OrderList {...loaded.orders} />}
      {hasSession('customer') && (
        <button
          type="button"
          onClick={() => signOut(true)}
          className="mt-4 min-h-11 cursor-pointer text-sm font-medium underline-offset-4 hover:underline"
        >
          {texts.signOutEverywhere}
        </button>
      )}
    </dialog>
  );
}

function OrderList({ orders, products }: MyOrders) {
  const { texts } = useLanguage();
  return (
    <ul className="mt-4 divide-y divide-line border-t border-line">
      {orders.map((order) => (
        <OrderRow
          key={order.id}
          order={order}
          product={products?.find(({ saleId }) => saleId === order.saleId)}
        />
      ))}
      {orders.length === 0 && <li className="py-4 text-muted">{texts.orders.none}</li>}
    </ul>
  );
}
