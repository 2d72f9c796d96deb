import { useLanguage } from '../../text/language.ts';
import { CountNumber, countLook } from '../../ui/CountNumber.tsx';
import { useView } from '../use-view.ts';
import { Eyebrow } from './Eyebrow.tsx';

export function CountHero() {
  const { texts, formats } = useLanguage();
  const { remaining, quantity, old } = useView((view) => ({
    remaining: view.remaining,
    quantity: view.model.sale?.quantity ?? 0,
    old: view.old,
  }));
  const most = formats.number(quantity);
  return (
    <section>
      <Eyebrow />
      <p
        className={`hero-number ${formats.rolls ? 'rolls' : ''} ${old ? 'text-muted' : ''}`}
        style={countLook(most, Math.max(most.length, 4))}
      >
        <CountNumber value={remaining} testId="remaining" />
      </p>
      <p className="text-lg text-muted sm:text-xl">{texts.leftOf(most)}</p>
    </section>
  );
}
