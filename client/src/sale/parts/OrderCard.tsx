import { useEffect, useRef } from 'react';
import { useLanguage } from '../../text/language.ts';
import { heldOrders } from '../orders.ts';
import type { View } from '../view.ts';
import { OrderFacts } from './OrderFacts.tsx';

/** The unit that this customer holds. Its heading takes the focus once, when a press made here is confirmed. */
export function OrderCard(props: { view: View }) {
  const { texts, formats } = useLanguage();
  const { model, state } = props.view;
  const heading = useRef<HTMLHeadingElement>(null);
  const focused = useRef<string | null>(null);
  const [order] = heldOrders(model);
  const confirmedHere = model.pressedHere && order?.status === 'confirmed' ? order.id : null;

  useEffect(() => {
    if (confirmedHere !== null && focused.current !== confirmedHere) {
      focused.current = confirmedHere;
      heading.current?.focus({ preventScroll: true });
    }
  }, [confirmedHere]);

  if (order === undefined) {
    return null;
  }
  const unit = formats.number(order.unit);
  const standing = order.status === 'confirmed' ? texts.order.confirmed : texts.order.claimed;
  return (
    <section
      aria-label={texts.order.region}
      className="arrive rounded-3xl border border-line bg-card p-6 sm:p-9"
    >
      <p className="flex items-center gap-2.5 font-semibold tracking-tight">
        <StatusMark confirmed={order.status === 'confirmed'} />
        {state === 'already_purchased' ? texts.order.already : standing}
      </p>
      <h2
        ref={heading}
        tabIndex={-1}
        className="mt-5 flex flex-wrap items-baseline gap-x-4 rounded-xl text-2xl font-semibold tracking-tight text-muted sm:text-3xl"
      >
        <span>{texts.order.unit} </span>
        <span
          className="hero-number text-ink"
          style={{ '--chars': Math.max(4.6, unit.length * 1.5 + 1) } as React.CSSProperties}
        >
          {unit}
        </span>
      </h2>
      <OrderFacts order={order} />
    </section>
  );
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
