import type { Order } from '@flipzon/protocol/schemas.ts';
import { useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { proofTexts } from '../../text/proof.ts';
import { saveFile } from '../../ui/save-file.ts';
import { useView } from '../use-view.ts';
import type { Checked } from './check-order.ts';

const pill =
  'inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-line bg-paper px-4 font-semibold hover:border-ink';

/** Whether the order is in the seal of its sale; checked in the browser, by code that is loaded on demand. */
export function Proof(props: { order: Order }) {
  const words = proofTexts[useLanguage().tag];
  const { order } = props;
  const customer = useView(({ model }) => model.customer);
  const [checked, setChecked] = useState<Checked | 'checking' | null>(null);

  async function check(): Promise<void> {
    if (checked === 'checking' || customer === null) return;
    setChecked('checking');
    const module = await import('./check-order.ts').catch(() => null);
    setChecked(module === null ? { code: 'failed' } : await module.checkOrder(order, customer));
  }

  return (
    <div className="basis-full">
      <button
        type="button"
        onClick={() => void check()}
        aria-disabled={checked === 'checking'}
        className={pill}
      >
        {checked === 'checking' ? words.checking : words.check}
      </button>
      <div role="status" className="mt-2">
        {checked !== null && checked !== 'checking' && <Outcome checked={checked} order={order} />}
      </div>
    </div>
  );
}

function Outcome(props: { checked: Checked; order: Order }) {
  const { tag, texts, formats } = useLanguage();
  const { checked, order } = props;
  const words = proofTexts[tag];
  if (checked.code === 'not_yet') return <p className="text-muted">{words.notYet}</p>;
  if (checked.code === 'failed') return <p className="text-muted">{texts.proof.failed}</p>;
  if (checked.code === 'unsupported') return <p className="text-muted">{words.unsupported}</p>;
  const { proof } = checked;
  const holds = checked.code === 'holds';
  return (
    <>
      <p data-proof={checked.code} className={`font-medium ${holds ? 'text-good' : 'text-accent-ink'}`}>
        <span aria-hidden="true">{holds ? '✓ ' : '✗ '}</span>
        {holds
          ? words.holds(
              proof.index + 1,
              proof.size,
              formats.number(proof.index + 1),
              formats.number(proof.size),
            )
          : words.broken}
      </p>
      <code dir="ltr" className="mt-1 block text-xs break-all text-muted">
        {proof.root}
      </code>
      <p className="flex flex-wrap gap-x-5 font-medium">
        <button
          type="button"
          onClick={() =>
            saveFile(
              `flipzon-proof-${order.saleId}-${order.unit}.json`,
              'application/json',
              JSON.stringify(proof),
            )
          }
          className="inline-flex min-h-11 cursor-pointer items-center underline decoration-line underline-offset-4 hover:decoration-ink"
        >
          {words.save}
        </button>
        <a
          href={`/sales/${order.saleId}/report`}
          className="inline-flex min-h-11 items-center underline decoration-line underline-offset-4 hover:decoration-ink"
        >
          {texts.proof.report}
        </a>
      </p>
    </>
  );
}
