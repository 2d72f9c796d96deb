import type { Order } from '@flipzon/protocol/schemas.ts';
import { lazy, Suspense } from 'react';
import { useLanguage } from '../../text/language.ts';
import { DrawAgain } from '../../ui/DrawAgain.tsx';
import { Glyph } from '../../ui/Glyph.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { receiptFile } from '../device/receipt-file.ts';
import { useActions, useView } from '../use-view.ts';

const Proof = lazy(() => import('../proof/Proof.tsx').then((module) => ({ default: module.Proof })));

/** The signed receipt, to read and to save as a file. */
export function Receipt(props: { order: Order }) {
  const { texts } = useLanguage();
  const { order } = props;
  const { receiptOf } = useActions();
  const over = useView(
    ({ model, phase }) => model.sale?.id !== order.saleId || phase === 'sold_out' || phase === 'ended',
  );
  // The order may arrive before the answer with its receipt.
  const receipt = useView(() => receiptOf(order.id));

  function save(): void {
    const file = receiptFile(order, receipt, location.origin, texts);
    saveFile(file.name, 'application/json', file.text);
  }

  return (
    <div className="mt-5 flex flex-wrap items-start gap-x-4 gap-y-2 text-sm">
      <button
        type="button"
        onClick={save}
        className="inline-flex min-h-11 cursor-pointer items-center gap-2 rounded-full border border-line bg-paper px-4 font-semibold hover:border-ink"
      >
        <Glyph>
          <path d="M10 3.500v9m0 0 3.500-3.500M10 12.500 6.500 9M4 16.500h12" />
        </Glyph>
        {texts.receipt.download}
      </button>
      {receipt === null ? (
        <p className="flex min-h-11 items-center text-muted">{texts.receipt.elsewhere}</p>
      ) : (
        <details className="min-w-0 flex-1 basis-48">
          <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium underline decoration-line underline-offset-4 hover:decoration-ink">
            {texts.receipt.show}
          </summary>
          <p className="text-muted">{texts.receipt.explained}</p>
          <code dir="ltr" className="mt-2 block rounded-xl bg-paper p-3 text-xs break-all">
            {receipt}
          </code>
        </details>
      )}
      {over && order.status === 'confirmed' && (
        <DrawAgain otherwise={<p className="flex min-h-11 items-center text-muted">{texts.proof.failed}</p>}>
          <Suspense>
            <Proof order={order} />
          </Suspense>
        </DrawAgain>
      )}
    </div>
  );
}
