import type { Sale } from '@flipzon/protocol/schemas.ts';
import { type FormEvent, useState } from 'react';
import { useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { ConfirmField } from '../parts/ConfirmField.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { dangerButton, mainButton } from '../parts/looks.ts';
import { AfterEnd } from '../plans/AfterEnd.tsx';
import { noPresale, presaleDraftOf } from '../presale/presale-draft.ts';
import { emptyProduct, productDraftOf } from '../product/product-draft.ts';
import { scheduleOf } from '../setup/schedule.ts';
import { keptZone } from '../setup/zones.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { ChangeOutcome } from './ChangeOutcome.tsx';
import type { SteeringKind } from './change.ts';
import { isFinal } from './possible.ts';
import { StepFields } from './StepFields.tsx';
import { changeOf, isTyped, type StepDraft, wordToType } from './step-draft.ts';
import { useChange } from './use-change.ts';

/** One step, explained before it is taken. The input stays if another operator was faster. */
export function ActionDialog(props: {
  kind: SteeringKind;
  /** An order that was chosen elsewhere. */
  orderId?: string;
  onClose: (isDone: boolean) => void;
}) {
  const { kind } = props;
  const texts = useConsoleTexts();
  const words = texts.control;
  const { formats } = useLanguage();
  const { sale, secondMs } = useView(({ model, serverMs }) => ({
    sale: model.sale,
    secondMs: Math.floor(serverMs / 1000) * 1000,
  }));
  // The sale when the operator opened the dialog; the shop reports what has changed since.
  const [seen] = useState(sale);
  const trying = useChange(seen);
  const [draft, setDraft] = useState<StepDraft>(() => firstDraft(seen, props.orderId ?? '', secondMs));
  const [typed, setTyped] = useState('');
  const [pressed, setPressed] = useState(false);
  const word = wordToType(kind, texts.final);
  const change = changeOf(kind, draft, seen, secondMs, formats.locales);
  const isConfirmed = isTyped(typed, word);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setPressed(true);
    if (change !== null && isConfirmed && (await trying.tryIt(change))) props.onClose(true);
  }

  const label = trying.busy
    ? words.busy
    : trying.conflict === null
      ? words.action[kind]
      : texts.conflict.retry;
  return (
    <Dialog title={words.action[kind]} detail={words.explain[kind]} onClose={() => props.onClose(false)}>
      <form onSubmit={(event) => void submit(event)} className="mt-4 flex flex-col gap-4" noValidate>
        <StepFields
          kind={kind}
          sale={seen}
          draft={draft}
          incomplete={pressed && change === null}
          orderIsChosen={props.orderId !== undefined}
          onChange={(part) => setDraft({ ...draft, ...part })}
        />
        {kind === 'end' && seen !== null && <AfterEnd product={seen.product.name} />}
        {word !== null && (
          <ConfirmField word={word} typed={typed} wrong={pressed && !isConfirmed} onChange={setTyped} />
        )}
        <ChangeOutcome trying={trying} />
        <button
          type="submit"
          aria-disabled={trying.busy}
          className={isFinal(kind) ? dangerButton : mainButton}
        >
          {label}
          {change?.kind === 'restock' && trying.conflict === null && (
            <span className="tabular-nums">+{formats.number(change.quantity)}</span>
          )}
        </button>
      </form>
    </Dialog>
  );
}

function firstDraft(seen: Sale | null, orderId: string, secondMs: number): StepDraft {
  return {
    reason: '',
    units: '',
    variant: '',
    orderId,
    name: seen?.product.name ?? '',
    presale: seen === null ? noPresale : presaleDraftOf(seen.presale, seen.startsAt),
    product: seen === null ? emptyProduct : productDraftOf(seen.product),
    schedule: scheduleOf(
      keptZone(),
      secondMs,
      seen === null ? null : Date.parse(seen.startsAt),
      seen?.endsAt == null ? null : Date.parse(seen.endsAt),
    ),
  };
}
