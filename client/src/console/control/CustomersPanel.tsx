import { type FormEvent, useState } from 'react';
import { Field } from '../parts/Field.tsx';
import { dangerButton, quietButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { ChangeOutcome } from './ChangeOutcome.tsx';
import { useChange } from './use-change.ts';

type Step = 'block' | 'unblock';

/** Blocks or unblocks one customer. Each step undoes the other, so neither needs a confirmation. */
export function CustomersPanel() {
  const texts = useConsoleTexts();
  const words = texts.customers;
  const trying = useChange(null);
  const [customer, setCustomer] = useState('');
  const [reason, setReason] = useState('');
  const [incomplete, setIncomplete] = useState(false);
  const [done, setDone] = useState<{ step: Step; customer: string } | null>(null);

  async function take(step: Step): Promise<void> {
    const customerId = customer.trim();
    setDone(null);
    setIncomplete(customerId === '');
    if (customerId === '') return;
    const change = step === 'block' ? { kind: step, customerId, reason } : { kind: step, customerId };
    if (!(await trying.tryIt(change))) return;
    setDone({ step, customer: customerId });
    setReason('');
  }

  return (
    <Panel title={words.title} detail={words.detail}>
      <form
        noValidate
        className="mt-4 grid gap-4 sm:grid-cols-2"
        onSubmit={(event: FormEvent<HTMLFormElement>) => {
          event.preventDefault();
          void take('block');
        }}
      >
        <Field
          name={words.customer}
          wrong={incomplete ? words.customerMissing : null}
          input={{
            value: customer,
            maxLength: 128,
            autoComplete: 'off',
            spellCheck: false,
            onChange: (event) => setCustomer(event.target.value),
          }}
        />
        <Field
          name={texts.control.logReason}
          input={{
            value: reason,
            maxLength: 200,
            autoComplete: 'off',
            onChange: (event) => setReason(event.target.value),
          }}
        />
        <div className="flex flex-wrap gap-2.5 sm:col-span-2">
          <button type="submit" className={dangerButton} aria-disabled={trying.busy}>
            {words.block}
          </button>
          <button
            type="button"
            className={quietButton}
            aria-disabled={trying.busy}
            onClick={() => void take('unblock')}
          >
            {words.unblock}
          </button>
        </div>
      </form>
      <ChangeOutcome trying={trying} />
      <p role="status" className="mt-3 text-sm font-semibold [overflow-wrap:anywhere] empty:hidden">
        {done !== null && words.done[done.step](done.customer)}
      </p>
    </Panel>
  );
}
