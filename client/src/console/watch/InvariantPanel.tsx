import { useLanguage } from '../../text/language.ts';
import { boughtUnits } from '../history/invariant-status.ts';
import { Mark } from '../parts/Mark.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useInvariantStatus } from '../parts/use-invariant-status.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

/** The checks behind the status, with their numbers. */
export function InvariantPanel() {
  const texts = useConsoleTexts();
  const words = texts.invariantStatus;
  const { formats } = useLanguage();
  const { stats, status, countedMs } = useInvariantStatus();
  const invariant = status === 'unknown' ? null : (stats?.invariant ?? null);
  const n = formats.number;
  if (invariant === null) {
    return (
      <Panel title={words.label}>
        <p className="mt-2 text-sm text-muted">{words.unknown}</p>
      </Panel>
    );
  }
  const { quantity, remaining, held, inCheckout, sold, overdue, orders, duplicates, behind } = invariant;
  const bought = boughtUnits(invariant);
  const parts = inCheckout === undefined ? [remaining, held] : [remaining, inCheckout, bought];
  const rows = [
    {
      name: sold === undefined ? words.stock : words.stockHeld,
      text: `${parts.map(n).join(' + ')} ${remaining + held === quantity ? '=' : '≠'} ${n(quantity)}`,
      ok: remaining + held === quantity,
      note: '',
    },
    {
      name: words.orders,
      text: `${n(bought)} ${bought === orders ? '=' : '≠'} ${n(orders)}`,
      // Being behind is not an error: the outbox is there for that.
      ok: status !== 'bad' || orders <= bought,
      note: behind > 0 ? words.writerBehind(behind, n(behind)) : '',
    },
    { name: words.duplicates, text: n(duplicates), ok: duplicates === 0, note: '' },
    ...(overdue === undefined
      ? []
      : [{ name: words.overdue, text: n(overdue), ok: overdue === 0, note: '' }]),
  ];
  return (
    <Panel title={words.label}>
      <ul className="mt-2 divide-y divide-line">
        {rows.map(({ name, text, ok, note }) => (
          <li key={name} className="flex gap-3 py-2 text-sm">
            <Mark ok={ok} label={ok ? texts.preflight.ok : texts.preflight.notOk} />
            <span className="min-w-0">
              <span className="block text-muted">{name}</span>
              <bdi dir="ltr" className="font-semibold tabular-nums">
                {text}
              </bdi>
              {note !== '' && <span className="block text-muted">{note}</span>}
            </span>
          </li>
        ))}
      </ul>
      {countedMs !== null && (
        <p className="mt-1 text-xs text-muted">{words.counted(formats.age(countedMs))}</p>
      )}
    </Panel>
  );
}
