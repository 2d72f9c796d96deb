import { rehearsalSizes } from '@flipzon/protocol/rehearsal-schemas.ts';
import { type FormEvent, useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { ChangeOutcome } from '../control/ChangeOutcome.tsx';
import { useChange } from '../control/use-change.ts';
import { ChoiceCards } from '../parts/ChoiceCards.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { Field } from '../parts/Field.tsx';
import { mainButton } from '../parts/looks.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import {
  faultsOf,
  type RehearsalDraft,
  rehearsalOf,
  type Size,
  sizes,
  usualDraft,
} from './rehearsal-draft.ts';

const services = ['private', 'shared'] as const;
const seedMax = 2 ** 31 - 1;

/** The size of a rehearsal, and its services. */
export function RehearsalDialog(props: { onClose: () => void }) {
  const texts = useConsoleTexts();
  const words = texts.rehearsal;
  const { formats } = useLanguage();
  const trying = useChange(null);
  const [draft, setDraft] = useState<RehearsalDraft>(usualDraft);
  const [pressed, setPressed] = useState(false);
  const faults = pressed ? faultsOf(draft) : new Set<Size>();

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    setPressed(true);
    const rehearsal = rehearsalOf(draft, 1 + Math.floor(Math.random() * seedMax));
    if (rehearsal !== null && (await trying.tryIt({ kind: 'rehearse', rehearsal }))) props.onClose();
  }

  const range = (size: Size) => {
    const { least, most } = rehearsalSizes[size];
    return words.wrong(formats.number(least), formats.number(most));
  };
  return (
    <Dialog title={words.title} detail={words.explain} onClose={props.onClose}>
      <form onSubmit={(event) => void submit(event)} className="mt-4 flex flex-col gap-4" noValidate>
        <div className="grid gap-4 sm:grid-cols-2">
          {sizes.map((size) => (
            <Field
              key={size}
              name={words.size[size]}
              wrong={faults.has(size) ? range(size) : null}
              input={{
                value: draft[size],
                inputMode: 'numeric',
                onChange: (event) => setDraft({ ...draft, [size]: event.target.value }),
              }}
            />
          ))}
        </div>
        <ChoiceCards
          legend={words.services}
          choices={services}
          chosen={draft.services}
          name={words.service}
          detail={words.serviceDetail}
          onChoose={(next) => setDraft({ ...draft, services: next })}
        />
        <ChangeOutcome trying={trying} />
        <button type="submit" aria-disabled={trying.busy} className={mainButton}>
          {trying.busy ? texts.control.busy : words.begin}
        </button>
      </form>
    </Dialog>
  );
}
