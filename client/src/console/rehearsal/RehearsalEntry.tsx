import type { Rehearsal } from '@flipzon/protocol/rehearsal-schemas.ts';
import { useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { ChangeOutcome } from '../control/ChangeOutcome.tsx';
import { useChange } from '../control/use-change.ts';
import { InEnglish } from '../parts/InEnglish.tsx';
import { linkButton } from '../parts/looks.ts';
import { Mark } from '../parts/Mark.tsx';
import { Steering } from '../parts/Steering.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

const stepsShown = 6;

/** One rehearsal: its result, or its progress. */
export function RehearsalEntry(props: { rehearsal: Rehearsal; onRead: () => void; onChange: () => void }) {
  const texts = useConsoleTexts();
  const words = texts.rehearsal;
  const { formats } = useLanguage();
  const { status, stopped, plan, by, startedAt, endedAt } = props.rehearsal;
  const startedMs = Date.parse(startedAt);
  const tookMs = useView(({ serverMs }) =>
    endedAt === null
      ? Math.max(0, Math.floor((serverMs - startedMs) / 1000) * 1000)
      : Date.parse(endedAt) - startedMs,
  );
  const isOver = status === 'held' || status === 'broken';
  return (
    <li data-rehearsal={status} className="flex gap-3 py-3 text-sm">
      <Mark
        ok={status === 'held'}
        idle={status === 'running' || status === 'stopped'}
        label={words.outcome}
      />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-semibold">{words.status[status]}</span>
          <time dateTime={startedAt} className="ms-auto text-muted tabular-nums">
            {formats.dayAndSecond(startedMs)}
          </time>
        </p>
        <p className="text-pretty text-muted tabular-nums">
          {words.of(formats.number(plan.shoppers), formats.number(plan.quantity))}
          {' · '}
          {words.service[plan.services]}
          {' · '}
          {formats.duration(tookMs, 'short')}
          {' · '}
          <bdi translate="no">{by}</bdi>
        </p>
        {stopped !== null && (
          <p className="text-pretty">
            {words.why[stopped.why]}
            {stopped.detail !== null && (
              <InEnglish className="text-muted [overflow-wrap:anywhere]">{stopped.detail}</InEnglish>
            )}
          </p>
        )}
        {status === 'running' && <Progress rehearsal={props.rehearsal} onChange={props.onChange} />}
        {isOver && (
          <button type="button" aria-haspopup="dialog" className={linkButton} onClick={props.onRead}>
            {words.certificate}
            <span className="sr-only"> {formats.dayAndSecond(startedMs)}</span>
          </button>
        )}
      </div>
    </li>
  );
}

/** The progress, in the program's own words, and a button to stop it. */
function Progress(props: { rehearsal: Rehearsal; onChange: () => void }) {
  const words = useConsoleTexts().rehearsal;
  const trying = useChange(null);
  const { id, steps } = props.rehearsal;
  const first = Math.max(0, steps.length - stepsShown);

  async function breakOff(): Promise<void> {
    await trying.tryIt({ kind: 'breakOff', rehearsalId: id });
    props.onChange();
  }

  return (
    <>
      <ol role="log" aria-label={words.steps} className="mt-1.5 border-s-2 border-accent-ink ps-3">
        {steps.slice(first).map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by which one it was, and is never moved.
          <li key={first + index} className="py-0.5 text-pretty [overflow-wrap:anywhere]">
            <InEnglish>{step}</InEnglish>
          </li>
        ))}
      </ol>
      <ChangeOutcome trying={trying} />
      <Steering>
        <button
          type="button"
          aria-disabled={trying.busy}
          className={`${linkButton} text-danger`}
          onClick={() => void breakOff()}
        >
          {words.breakOff}
        </button>
      </Steering>
    </>
  );
}
