import { type RefObject, useEffect, useRef } from 'react';
import { useLanguage } from '../../text/language.ts';
import { useBrand } from '../../ui/shop-brand.ts';
import { heldOrders } from '../model/orders.ts';
import { useView } from '../use-view.ts';
import { EarlierUnits } from './EarlierUnits.tsx';
import { OrderFacts } from './OrderFacts.tsx';
import { Receipt } from './Receipt.tsx';
import { ShopNote } from './ShopNote.tsx';

/** The customer's unit, and earlier ones if they may have several. Its heading takes the focus once, when a press on this page is confirmed. */
export function OrderCard() {
  const { texts, formats } = useLanguage();
  const hasSettings = useBrand() !== null;
  const { order, confirmedHere, already, held, most } = useView(({ model, state }) => {
    const orders = heldOrders(model);
    const [latest] = orders;
    return {
      order: latest,
      confirmedHere: model.pressedHere && latest?.status === 'confirmed' ? latest.id : null,
      already: state === 'already_purchased',
      held: orders.length,
      most: model.sale?.perCustomer ?? 1,
    };
  });
  const heading = useFocusOnce(confirmedHere);
  if (order === undefined) {
    return null;
  }
  const unit = formats.number(order.unit);
  const confirmed = order.status === 'confirmed';
  return (
    <section
      aria-label={texts.order.region}
      className="arrive overflow-hidden rounded-3xl border border-line bg-card shadow-[0_24px_60px_-40px_#0006]"
    >
      <div className="p-5 pb-4 sm:p-9 sm:pb-7">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-2 font-semibold tracking-tight">
          <StatusMark confirmed={confirmed} />
          {already ? texts.order.already : confirmed ? texts.order.confirmed : texts.order.claimed}
          {most > 1 && (
            <span className="ms-auto rounded-full border border-line px-3 py-1 text-sm">
              {texts.order.ofYours(formats.number(held), formats.number(most))}
            </span>
          )}
        </p>
        <h2
          ref={heading}
          tabIndex={-1}
          className="mt-4 flex flex-wrap items-baseline gap-x-4 rounded-xl text-2xl font-semibold tracking-tight text-muted sm:text-3xl"
        >
          <span>{texts.order.unit} </span>
          <span
            className="hero-number text-ink"
            style={{ '--chars': Math.max(4.6, unit.length * 1.5 + 1) } as React.CSSProperties}
          >
            {unit}
          </span>
        </h2>
      </div>
      <div className="ticket-edge border-t-2 border-dashed border-line p-5 sm:px-9 sm:py-6">
        {confirmed && hasSettings && <ShopNote part="NextSteps" />}
        <OrderFacts order={order} />
        {order.number !== undefined && (
          <a
            href={`/order#${order.number}`}
            className="mt-3 inline-flex min-h-11 items-center text-sm font-medium underline decoration-line underline-offset-4 hover:decoration-ink"
          >
            {texts.order.print}
          </a>
        )}
        <Receipt order={order} />
        <EarlierUnits />
      </div>
    </section>
  );
}

/** Moves the focus to a heading, once for each order that is confirmed. */
function useFocusOnce(confirmed: string | null): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const focused = useRef<string | null>(null);
  useEffect(() => {
    if (confirmed !== null && focused.current !== confirmed) {
      focused.current = confirmed;
      heading.current?.focus({ preventScroll: true });
    }
  }, [confirmed]);
  return heading;
}

function StatusMark(props: { confirmed: boolean }) {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      className={`size-5 ${props.confirmed ? 'text-good' : 'beat text-accent-ink'}`}
    >
      <circle cx="10" cy="10" r="8.5" fill="none" stroke="currentColor" strokeWidth="2" />
      {props.confirmed && (
        <path d="m6 10.3 2.7 2.7L14 7.6" fill="none" stroke="currentColor" strokeWidth="2" />
      )}
    </svg>
  );
}
