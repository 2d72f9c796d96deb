import type { SaleResult } from '@flipzon/protocol/operator.ts';
import type { FormEvent } from 'react';
import { ChangeOutcome } from '../control/ChangeOutcome.tsx';
import { useChange } from '../control/use-change.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { dangerButton } from '../parts/looks.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { PlanFacts } from './PlanFacts.tsx';

/** Only operators have seen the plan, and it can be planned again: one question, and nothing to type. */
export function DropDialog(props: { plan: SaleResult; onClose: (isDone: boolean) => void }) {
  const words = useConsoleTexts().control;
  const trying = useChange(null);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (await trying.tryIt({ kind: 'drop', saleId: props.plan.id })) props.onClose(true);
  }

  return (
    <Dialog title={words.action.drop} detail={words.explain.drop} onClose={() => props.onClose(false)}>
      <form onSubmit={(event) => void submit(event)} className="mt-4 flex flex-col gap-4">
        <div className="text-sm">
          <PlanFacts plan={props.plan} />
        </div>
        <ChangeOutcome trying={trying} />
        <button type="submit" aria-disabled={trying.busy} className={dangerButton}>
          {trying.busy ? words.busy : words.action.drop}
        </button>
      </form>
    </Dialog>
  );
}
