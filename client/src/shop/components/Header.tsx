import { lazy, Suspense, useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { DrawAgain } from '../../ui/DrawAgain.tsx';
import { useActions, useView } from '../use-view.ts';
import { Brand } from './Brand.tsx';
import { headerLook } from './ShopLayout.tsx';

const OrdersDialog = lazy(() =>
  import('./OrdersDialog.tsx').then((module) => ({ default: module.OrdersDialog })),
);

const quiet =
  'inline-flex min-h-11 items-center rounded-xl px-2.5 font-medium text-ink underline-offset-4 hover:underline cursor-pointer whitespace-nowrap sm:px-3';

export function Header() {
  const { texts } = useLanguage();
  const actions = useActions();
  const { customerId, formIsOpen } = useView(({ model, state }) => ({
    customerId: model.customer?.id ?? null,
    formIsOpen: state === 'signed_out',
  }));
  const [ordersAreOpen, setOrdersAreOpen] = useState(false);
  return (
    <header className={headerLook}>
      <Brand makesRoom={customerId !== null} />
      <div className="ms-auto flex min-w-0 items-center">
        {customerId === null ? (
          !formIsOpen && (
            <button type="button" className={quiet} onClick={actions.askSignIn}>
              {texts.signIn}
            </button>
          )
        ) : (
          <>
            <span className="min-w-0 truncate px-1 text-muted">
              <span className="sr-only">{texts.signedInAs} </span>
              <bdi translate="no" className="font-medium">
                {customerId}
              </bdi>
            </span>
            <button type="button" className={quiet} onClick={() => setOrdersAreOpen(true)}>
              {texts.orders.open}
            </button>
            <button type="button" className={quiet} onClick={() => actions.signOut()}>
              {texts.signOut}
            </button>
          </>
        )}
      </div>
      {ordersAreOpen && customerId !== null && (
        <DrawAgain otherwise={<OrdersFailed />}>
          <Suspense>
            <OrdersDialog onClose={() => setOrdersAreOpen(false)} />
          </Suspense>
        </DrawAgain>
      )}
    </header>
  );
}

/** The dialog itself could not be fetched. */
function OrdersFailed() {
  const { texts } = useLanguage();
  return (
    <p role="alert" className="text-muted">
      {texts.orders.failed}
    </p>
  );
}
