import { useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { figureSize } from '../../ui/figure-size.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { useInvariantStatus } from './use-invariant-status.ts';

const freshMsMax = 3000;
const sizes = {
  usual: 'text-3xl sm:text-4xl',
  long: 'text-xl sm:text-3xl',
  longest: 'text-base sm:text-2xl',
};

export function StripFigures() {
  const { formats } = useLanguage();
  const all = useConsoleTexts();
  const words = all.strip;
  const { stats, status, countedMs } = useInvariantStatus();
  const { remaining, quantity, connected } = useView(({ model, remaining }) => ({
    remaining,
    quantity: model.sale?.quantity ?? 0,
    connected: model.connected,
  }));
  // Two seconds are usual; an older count shows its age.
  const age =
    countedMs !== null && countedMs > freshMsMax ? all.invariantStatus.counted(formats.age(countedMs)) : null;
  const invariant = status === 'unknown' ? null : (stats?.invariant ?? null);
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
      <Figure
        name={words.left}
        testId="remaining"
        value={remaining}
        note={words.leftOf(formats.number(quantity))}
      />
      <Figure name={words.gone} testId="gone" value={quantity - remaining} />
      <Figure
        name={words.orders}
        testId="orders"
        value={invariant?.orders ?? null}
        {...(age !== null && { note: age })}
      />
      <Figure name={words.watching} testId="connected" value={connected} />
    </dl>
  );
}

function Figure(props: { name: string; testId: string; value: number | null; note?: string }) {
  const { formats } = useLanguage();
  const { none } = useConsoleTexts();
  const text = props.value === null ? none : formats.number(props.value);
  return (
    <div>
      <dt className="text-sm text-muted">{props.name}</dt>
      <dd
        className={`figures flex flex-wrap items-baseline gap-x-2 font-semibold tracking-[-0.04em] ${figureSize(text, sizes)}`}
      >
        {props.value === null ? (
          text
        ) : (
          <data data-testid={props.testId} value={props.value} className="whitespace-nowrap">
            {text}
          </data>
        )}
        {props.note !== undefined && (
          <span className="text-sm font-normal tracking-normal text-muted">{props.note}</span>
        )}
      </dd>
    </div>
  );
}
