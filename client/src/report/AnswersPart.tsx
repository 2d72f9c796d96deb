import type { SaleReport } from '@flipzon/protocol/report-schemas.ts';
import { Part } from './Part.tsx';
import { useWords } from './use-words.ts';

const named = [
  'claimed',
  'replayed',
  'sold_out',
  'already_purchased',
  'sale_not_active',
  'too_many_requests',
  'unavailable',
] as const;

/** How many got a unit, how many were refused and why, and how many requests were repeated; all bars on one scale. */
export function AnswersPart(props: { report: SaleReport }) {
  const { words, formats } = useWords();
  const { answers, asked, status } = props.report;
  const over = status === 'ended' || status === 'sold_out';
  const known = named.flatMap((outcome) => answers.filter((answer) => answer.outcome === outcome));
  const other = asked - known.reduce((sum, { count }) => sum + count, 0);
  const rows = known
    .map(({ outcome, count }) => ({
      outcome,
      count,
      name: words.answers[outcome as (typeof named)[number]],
    }))
    .concat(other > 0 ? [{ outcome: 'other', count: other, name: words.answers.other }] : [])
    .sort((a, b) => rankOf(a.outcome) - rankOf(b.outcome) || b.count - a.count);
  return (
    <Part title={words.answers.title} detail={words.answers.detail}>
      {rows.length === 0 && <p className="text-muted">{over ? words.answers.nobody : words.answers.none}</p>}
      <ul className="space-y-3.5">
        {rows.map(({ outcome, count, name }) => (
          <li key={outcome} data-outcome={outcome}>
            <p className="flex items-baseline justify-between gap-4">
              <span className="font-medium">{name}</span>
              <span className="tabular-nums">
                {formats.number(count)}{' '}
                <span className="inline-block min-w-12 text-end text-sm text-muted">
                  {formats.percent(count / asked)}
                </span>
              </span>
            </p>
            <div data-bar aria-hidden="true" className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-track">
              <div
                className={`h-full origin-left rounded-full rtl:origin-right ${outcome === 'claimed' ? 'bg-accent' : 'bg-muted'}`}
                style={{ transform: `scaleX(${count / asked})` }}
              />
            </div>
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** Repeated requests come last: they are neither further units nor refusals. */
function rankOf(outcome: string): number {
  return outcome === 'replayed' ? 1 : 0;
}
