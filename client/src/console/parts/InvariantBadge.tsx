import { useLanguage } from '../../text/language.ts';
import type { InvariantStatus } from '../history/invariant-status.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { useInvariantStatus } from './use-invariant-status.ts';

/** Each status has its own shape, so that colours are not needed to distinguish them. */
const shapes: Record<InvariantStatus, string> = {
  good: 'm4.5 10.5 3.5 3.5 7.5-8',
  behind: 'm4.500 10.500 3.500 3.500 7.500-8',
  bad: 'M10 4.500v7M10 15.500v.01',
  unknown: 'M5 10h10',
};
const looks: Record<InvariantStatus, string> = {
  good: 'border-good text-good',
  behind: 'border-good text-good',
  bad: 'border-danger bg-danger text-card',
  unknown: 'border-muted text-muted',
};

export function InvariantBadge() {
  const words = useConsoleTexts().invariantStatus;
  const { formats } = useLanguage();
  const { status, stats } = useInvariantStatus();
  const behind = stats?.invariant?.behind ?? 0;
  return (
    <p
      data-testid="invariant-status"
      data-status={status}
      className={`inline-flex min-h-8 items-center gap-2 rounded-full border px-3 text-sm font-semibold ${looks[status]}`}
    >
      <svg
        viewBox="0 0 20 20"
        aria-hidden="true"
        className="size-4 shrink-0"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={shapes[status]} />
      </svg>
      <span className="sr-only">{words.label}: </span>
      {status === 'behind' ? words.behind(behind, formats.number(behind)) : words[status]}
    </p>
  );
}
