import { useLanguage } from '../../text/language.ts';
import { CountNumber } from '../../ui/CountNumber.tsx';
import { useView } from '../use-view.ts';
import { Eyebrow } from './Eyebrow.tsx';

export function CountHero() {
  const { texts, formats } = useLanguage();
  const { remaining, quantity, old } = useView((view) => ({
    remaining: view.remaining,
    quantity: view.model.sale?.quantity ?? 0,
    old: view.stale !== null || view.held !== null,
  }));
  const chars = Math.max(formats.number(quantity).length, 4);
  return (
    <section>
      <Eyebrow />
      <p
        className={`hero-number rolls ${old ? 'text-muted' : ''}`}
        style={{ '--chars': chars } as React.CSSProperties}
      >
        <CountNumber value={remaining} testId="remaining" />
      </p>
      <p className="text-lg text-muted sm:text-xl">{texts.leftOf(formats.number(quantity))}</p>
    </section>
  );
}
