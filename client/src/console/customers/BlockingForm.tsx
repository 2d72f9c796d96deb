import { type FormEvent, useState } from 'react';
import { ChangeOutcome } from '../control/ChangeOutcome.tsx';
import { useChange } from '../control/use-change.ts';
import { Field } from '../parts/Field.tsx';
import { dangerButton, quietButton } from '../parts/looks.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

const reasonLengthMax = 200;

/** Blocks or unblocks this customer. Each step undoes the other, so neither needs a confirmation. */
export function BlockingForm(props: { customerId: string; isBlocked: boolean; onDone: () => void }) {
  const texts = useConsoleTexts();
  const words = texts.customers;
  const { customerId, isBlocked } = props;
  const trying = useChange(null);
  const [reason, setReason] = useState('');
  const [done, setDone] = useState<'block' | 'unblock' | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setDone(null);
    const change = isBlocked
      ? ({ kind: 'unblock', customerId } as const)
      : ({ kind: 'block', customerId, reason } as const);
    if (!(await trying.tryIt(change))) return;
    setReason('');
    setDone(change.kind);
    props.onDone();
  }

  return (
    <>
      <form
        noValidate
        className="mt-3 flex flex-wrap items-end gap-3"
        onSubmit={(event) => void submit(event)}
      >
        {!isBlocked && (
          <div className="min-w-0 flex-1 sm:max-w-md">
            <Field
              name={texts.control.logReason}
              input={{
                value: reason,
                maxLength: reasonLengthMax,
                autoComplete: 'off',
                onChange: (event) => setReason(event.target.value),
              }}
            />
          </div>
        )}
        <button type="submit" className={isBlocked ? quietButton : dangerButton} aria-disabled={trying.busy}>
          {isBlocked ? words.unblock : words.block}
        </button>
      </form>
      <ChangeOutcome trying={trying} />
      <p role="status" className="mt-2 text-sm font-semibold [overflow-wrap:anywhere] empty:hidden">
        {done !== null && words.done[done](customerId)}
      </p>
    </>
  );
}
