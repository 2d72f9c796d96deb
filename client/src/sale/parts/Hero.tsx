import { useLanguage } from '../../text/language.ts';
import { CountNumber } from '../../ui/CountNumber.tsx';
import { heldOrders } from '../orders.ts';
import type { View } from '../view.ts';
import { CountdownHero } from './CountdownHero.tsx';
import { Eyebrow } from './Eyebrow.tsx';
import { ScheduleHero } from './ScheduleHero.tsx';

/** The one number: the time until opening, then the units that are left. Whoever holds a unit has its number on the order instead. */
export function Hero(props: { view: View }) {
  const { texts, formats } = useLanguage();
  const { model, phase } = props.view;
  const stale = props.view.stale !== null;
  const { sale } = model;
  if (sale === null || phase === null) {
    return <EmptyHero noSale={model.noSale} />;
  }
  if (heldOrders(model).length > 0) {
    return null;
  }
  if (phase === 'scheduled') {
    return <ScheduleHero sale={sale} serverMs={props.view.serverMs} />;
  }
  if (phase === 'countdown') {
    return <CountdownHero sale={sale} serverMs={props.view.serverMs} />;
  }
  const chars = formats.number(sale.quantity).length;
  return (
    <section>
      <Eyebrow phase={phase} stale={stale} />
      <p
        className={`hero-number mt-3 ${stale ? 'text-muted' : ''}`}
        style={{ '--chars': Math.max(chars, 4) } as React.CSSProperties}
      >
        <CountNumber value={sale.remaining} text={formats.number(sale.remaining)} testId="remaining" />
      </p>
      <p className="mt-2 text-lg text-muted sm:text-xl">{texts.leftOf(formats.number(sale.quantity))}</p>
    </section>
  );
}

function EmptyHero(props: { noSale: boolean }) {
  const { texts } = useLanguage();
  return (
    <section>
      <Eyebrow phase={null} stale={false} />
      <p className="hero-words mt-4">{props.noSale ? texts.eyebrow.noSale : '…'}</p>
      <p className="mt-3 text-lg text-muted">{props.noSale ? texts.noSaleDetail : texts.eyebrow.loading}</p>
    </section>
  );
}
