import { parsePrice, usualCurrency } from '@flipzon/protocol/money.ts';
import type { OperatorAction } from '@flipzon/protocol/operator.ts';
import { automatically } from '@flipzon/protocol/sale-phases.ts';
import { useLanguage } from '../../text/language.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

type Change = OperatorAction['changes'][number];

/** One line of the log: who did what and when, and what it was before and after. */
export function ActionEntry(props: { action: OperatorAction }) {
  const texts = useConsoleTexts();
  const words = texts.log;
  const { formats } = useLanguage();
  const { action } = props;
  // A pause's reason stays with the sale; what is done after it was not done for that reason.
  const hasOwnReason =
    action.order !== null ||
    action.customer !== null ||
    action.changes.some(({ field }) => field === 'reason');
  // What a sale begins without is not listed.
  const changes = action.changes.filter(
    ({ field, before, after }) =>
      field !== 'reason' && field !== 'currency' && !(before === null && after === false),
  );
  return (
    <li className="py-2.5 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-2">
        {action.by === automatically ? (
          <span className="font-semibold">{texts.automatically}</span>
        ) : (
          <bdi translate="no" className="font-semibold [overflow-wrap:anywhere]">
            {action.by}
          </bdi>
        )}
        <span>{words.action[action.action]}</span>
        <time dateTime={action.at} className="ms-auto text-muted tabular-nums">
          {formats.dayAndSecond(Date.parse(action.at))}
        </time>
      </p>
      {changes.map((change) => (
        <TermChange key={change.field} change={change} action={action} />
      ))}
      {(action.order ?? action.customer) !== null && (
        <p className="text-muted [overflow-wrap:anywhere]">
          <bdi translate="no">{action.order ?? action.customer}</bdi>
        </p>
      )}
      {action.reason !== null && hasOwnReason && (
        <p className="text-muted">
          <q>{action.reason}</q>
        </p>
      )}
      {action.outcome === 'begun' && <p className="font-medium text-accent-ink">{words.begun}</p>}
    </li>
  );
}

function TermChange({ change, action }: { change: Change; action: OperatorAction }) {
  const texts = useConsoleTexts();
  const words = texts.log;
  const { formats, texts: page } = useLanguage();
  const { field, before, after } = change;
  return (
    <p className="line-clamp-4 text-muted">
      {nameOf()}{' '}
      <span className="font-medium text-ink tabular-nums">
        {before === null ? shown(after) : words.from(shown(before), shown(after))}
      </span>
    </p>
  );

  function nameOf(): string {
    const [, sku] = /^quantity of (.+)$/.exec(field) ?? [];
    return sku === undefined ? (words.field[field] ?? field) : texts.variants.unitsOf(sku);
  }

  function shown(term: Change['before']): string {
    if (term === null) return texts.none;
    if (typeof term === 'boolean') return term ? words.yes : words.no;
    if (typeof term === 'number') {
      return field === 'price' ? priceShown(term) : formats.number(term);
    }
    const statuses: Record<string, string> = page.orders.status;
    const moment = /^\d{4}-\d\d-\d\dT/.test(term) ? Date.parse(term) : Number.NaN;
    return Number.isNaN(moment) ? (statuses[term] ?? term) : formats.dayAndSecond(moment);
  }

  function priceShown(price: number): string {
    const named = action.changes.find((each) => each.field === 'currency')?.after;
    const currency = typeof named === 'string' ? named : usualCurrency;
    const parsed = parsePrice(price, currency);
    return parsed.ok ? formats.price({ minor: parsed.minor, currency }) : formats.number(price);
  }
}
