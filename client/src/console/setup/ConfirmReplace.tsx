import type { Sale } from '@flipzon/protocol/schemas.ts';
import { type FormEvent, useState } from 'react';
import { useView } from '../../shop/use-view.ts';
import { ChangeOutcome } from '../control/ChangeOutcome.tsx';
import type { Change, Plan } from '../control/change.ts';
import { isTyped } from '../control/step-draft.ts';
import { useChange } from '../control/use-change.ts';
import { ConfirmField } from '../parts/ConfirmField.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { isolated } from '../parts/isolated.ts';
import { dangerButton, mainButton } from '../parts/looks.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { Offer } from '../variants/Offer.tsx';
import { VariantLines } from '../variants/VariantLines.tsx';
import { SchedulePreview } from './SchedulePreview.tsx';

/** The last check before a sale is published. Replacing a running sale is confirmed by typing. */
export function ConfirmReplace(props: {
  title: string;
  offer: Pick<Plan, 'name' | 'price' | 'quantity' | 'variants'>;
  change: Extract<Change, { kind: 'start' | 'activate' }>;
  /** Null: it opens at once. */
  startsMs: number | null;
  endsMs: number | null;
  zone: string | null;
  /** The running sale that this one replaces. */
  replaces: Sale | null;
  seen: Sale | null;
  onClose: () => void;
}) {
  const texts = useConsoleTexts();
  const words = texts.control;
  const { kind } = props.change;
  const secondMs = useView(({ serverMs }) => Math.floor(serverMs / 1000) * 1000);
  const [replaced] = useState(props.replaces);
  const trying = useChange(props.seen);
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const word = replaced === null ? null : texts.final.end;
  const mayGo = isTyped(typed, word);
  const opensAtOnce = props.startsMs === null || props.startsMs <= secondMs;

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setWrong(!mayGo);
    if (mayGo && (await trying.tryIt(props.change))) {
      // The Control view, with the new log entry on top.
      location.hash = 'control';
    }
  }

  return (
    <Dialog
      title={props.title}
      detail={replaced === null ? words.detail : words.explain.start}
      onClose={props.onClose}
    >
      <form onSubmit={(event) => void submit(event)} className="mt-4 flex flex-col gap-4" noValidate>
        <div>
          <p className="text-lg font-semibold tracking-tight [overflow-wrap:anywhere]">
            <Offer offer={props.offer} />
          </p>
          <VariantLines variants={props.offer.variants} />
        </div>
        {opensAtOnce ? (
          <p className="text-sm">{texts.preview.now}</p>
        ) : (
          <SchedulePreview
            startsMs={props.startsMs}
            endsMs={props.endsMs}
            zone={props.zone}
            nowMs={secondMs}
          />
        )}
        {replaced !== null && (
          <p className="text-sm font-medium [overflow-wrap:anywhere]">
            {texts.next.replaced(isolated(replaced.product.name))}
          </p>
        )}
        {word !== null && <ConfirmField word={word} typed={typed} wrong={wrong} onChange={setTyped} />}
        <ChangeOutcome trying={trying} />
        <button
          type="submit"
          aria-disabled={trying.busy}
          className={word === null ? mainButton : dangerButton}
        >
          {trying.busy ? words.busy : trying.conflict === null ? words.action[kind] : texts.conflict.retry}
        </button>
      </form>
    </Dialog>
  );
}
