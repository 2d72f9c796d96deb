import { Field } from '../parts/Field.tsx';
import { SelectField } from '../parts/SelectField.tsx';
import { useAskedNumber } from '../setup/use-asked-number.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { type PresaleDraft, presaleKinds } from './presale-draft.ts';

export function PresaleField(props: {
  draft: PresaleDraft;
  wrong: boolean;
  onChange: (next: PresaleDraft) => void;
}) {
  const words = useConsoleTexts().presale;
  const asked = useAskedNumber();
  const { draft } = props;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        name={words.who}
        value={draft.kind}
        options={presaleKinds.map((value) => ({ value, text: words.kinds[value] }))}
        onChange={(kind) => props.onChange({ ...draft, kind })}
      />
      {draft.kind === 'minutes' && (
        <Field
          name={words.minutes}
          wrong={props.wrong ? (asked(draft.minutes) ?? words.minutesWrong) : null}
          input={{
            value: draft.minutes,
            inputMode: 'numeric',
            onChange: (event) => props.onChange({ ...draft, minutes: event.target.value }),
          }}
        />
      )}
    </div>
  );
}
