import { useConsoleTexts } from '../text/console-texts.ts';
import type { english } from '../text/english.ts';

type Status = keyof typeof english.status;

/** Not by colour alone: each status says its name, and a sale that is on is filled. */
const looks: Record<Status, string> = {
  live: 'bg-accent text-on-accent',
  paused: 'bg-warn-paper text-warn-ink',
  scheduled: 'border border-ink',
  planned: 'border border-dashed border-ink',
  draft: 'border border-dashed border-line text-muted',
  sold_out: 'bg-track text-ink',
  ended: 'bg-track text-ink',
  called_off: 'bg-track text-muted',
};

export function StatusPill(props: { status: Status }) {
  const texts = useConsoleTexts();
  return (
    <span
      className={`inline-flex items-center rounded-full px-2.5 py-0.5 text-sm font-semibold whitespace-nowrap ${looks[props.status]}`}
    >
      {texts.status[props.status]}
    </span>
  );
}
