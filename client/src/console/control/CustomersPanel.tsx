import { type FormEvent, useState } from 'react';
import { useDesk } from '../desk.ts';
import { Field } from '../parts/Field.tsx';
import { dangerButton, quietButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

type Step = 'block' | 'unblock';
type Result = { done: Step; customer: string } | { failed: string };

/** Shutting one customer out, or letting them in again; either can be undone by the other, so nothing is to be confirmed. */
export function CustomersPanel() {
  const texts = useConsoleTexts();
  const words = texts.customers;
  const { api, log } = useDesk();
  const [customer, setCustomer] = useState('');
  const [reason, setReason] = useState('');
  const [incomplete, setIncomplete] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);

  async function take(step: Step): Promise<void> {
    const id = customer.trim();
    setIncomplete(id === '');
    if (id === '' || busy) return;
    setBusy(true);
    setResult(null);
    const body = step === 'block' && reason.trim() !== '' ? { reason: reason.trim() } : undefined;
    const answer = await api.ask(`/customers/${encodeURIComponent(id)}/block`, {
      method: step === 'block' ? 'POST' : 'DELETE',
      ...(body !== undefined && { body }),
    });
    setBusy(false);
    setResult(answer.ok ? { done: step, customer: id } : { failed: answer.code });
    if (answer.ok) setReason('');
    void log.refresh();
  }

  const notDone: Record<string, string> = texts.control.notDone;
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
          <button type="submit" className={dangerButton} aria-disabled={busy}>
            {words.block}
          </button>
          <button
            type="button"
            className={quietButton}
            aria-disabled={busy}
            onClick={() => void take('unblock')}
          >
            {words.unblock}
          </button>
        </div>
      </form>
      <p role="status" className="mt-3 text-sm font-semibold [overflow-wrap:anywhere] empty:hidden">
        {result !== null && 'done' in result && words.done[result.done](result.customer)}
        {result !== null && 'failed' in result && (
          <span className="text-danger">{notDone[result.failed] ?? texts.control.notDone.other}</span>
        )}
      </p>
    </Panel>
  );
}
