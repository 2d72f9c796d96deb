import { useLanguage } from '../../text/language.ts';
import { heldOrders } from '../model/orders.ts';
import { useView } from '../use-view.ts';
import { CountdownHero } from './CountdownHero.tsx';
import { CountHero } from './CountHero.tsx';
import { ScheduleHero } from './ScheduleHero.tsx';

/** The one number: the time until opening, then the units that are left. For a customer with a unit, the order shows its number instead. */
export function Hero() {
  const { phase, noSale, holds } = useView(({ model, phase }) => ({
    phase,
    noSale: model.noSale,
    holds: heldOrders(model).length > 0,
  }));
  if (phase === null) {
    return <EmptyHero noSale={noSale} />;
  }
  if (holds) {
    return null;
  }
  switch (phase) {
    case 'scheduled':
      return <ScheduleHero />;
    case 'countdown':
      return <CountdownHero />;
    default:
      return <CountHero />;
  }
}

function EmptyHero(props: { noSale: boolean }) {
  const { texts } = useLanguage();
  return (
    <section>
      {props.noSale ? (
        <p className="hero-words mt-4">{texts.eyebrow.noSale}</p>
      ) : (
        <div
          aria-hidden="true"
          className="beat mt-4 h-[clamp(5rem,28cqi,12rem)] max-w-[80%] rounded-3xl bg-track"
        />
      )}
      <p className="mt-4 text-lg text-muted">{props.noSale ? texts.noSaleDetail : texts.eyebrow.loading}</p>
    </section>
  );
}
