import type { OperatorActionName } from '@flipzon/protocol/operator.ts';
import { type FormEvent, useState } from 'react';
import type { LogFilter } from '../action-log.ts';
import { Field } from '../parts/Field.tsx';
import { linkButton, quietButton } from '../parts/looks.ts';
import { SelectField } from '../parts/SelectField.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';
import { type FilterDraft, filterOf, noFilter } from './action-filter.ts';

/** Narrows the activity by person, step, sale and days. */
export function ActionFilterForm(props: { onFilter: (filter: LogFilter) => void }) {
  const words = useConsoleTexts().logFilter;
  const [draft, setDraft] = useState<FilterDraft>(noFilter);
  const [isWrong, setIsWrong] = useState(false);

  function apply(next: FilterDraft): void {
    const filter = filterOf(next);
    setIsWrong(filter === null);
    if (filter !== null) props.onFilter(filter);
  }

  return (
    <details className="mt-2 text-sm">
      <summary className={linkButton}>{words.filter}</summary>
      <form
        noValidate
        className="mt-1 mb-3 grid grid-cols-2 gap-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          apply(draft);
        }}
      >
        <FilterFields
          draft={draft}
          wrongDays={isWrong}
          onChange={(part) => setDraft({ ...draft, ...part })}
        />
        <div className="col-span-2 flex flex-wrap items-center gap-x-4">
          <button type="submit" className={quietButton}>
            {words.apply}
          </button>
          <button
            type="button"
            className={linkButton}
            onClick={() => {
              setDraft(noFilter);
              apply(noFilter);
            }}
          >
            {words.showAll}
          </button>
        </div>
      </form>
    </details>
  );
}

function FilterFields(props: {
  draft: FilterDraft;
  wrongDays: boolean;
  onChange: (part: Partial<FilterDraft>) => void;
}) {
  const texts = useConsoleTexts();
  const words = texts.logFilter;
  const { draft, wrongDays, onChange } = props;
  return (
    <>
      <Field
        name={words.by}
        input={{
          value: draft.by,
          maxLength: 128,
          autoCapitalize: 'none',
          spellCheck: false,
          onChange: (event) => onChange({ by: event.target.value }),
        }}
      />
      <Field
        name={texts.control.facts.id}
        input={{
          value: draft.saleId,
          maxLength: 48,
          autoCapitalize: 'none',
          spellCheck: false,
          onChange: (event) => onChange({ saleId: event.target.value }),
        }}
      />
      <div className="col-span-2">
        <SelectField
          name={words.step}
          value={draft.action}
          options={[
            { value: '', text: words.anyStep },
            ...(Object.keys(texts.log.action) as OperatorActionName[]).map((value) => ({
              value,
              text: texts.log.action[value],
            })),
          ]}
          onChange={(action) => onChange({ action })}
        />
      </div>
      {(['from', 'to'] as const).map((name) => (
        <Field
          key={name}
          name={words.day[name]}
          wrong={wrongDays && name === 'to' ? words.wrongDays : null}
          input={{
            type: 'date',
            value: draft[name],
            onChange: (event) => onChange({ [name]: event.target.value }),
          }}
        />
      ))}
    </>
  );
}
