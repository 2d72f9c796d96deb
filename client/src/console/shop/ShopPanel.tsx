import type { SettingsAnswer } from '@flipzon/protocol/settings.ts';
import { type FormEvent, useEffect, useState } from 'react';
import { useConsole } from '../console-context.ts';
import { Field } from '../parts/Field.tsx';
import { mainButton } from '../parts/looks.ts';
import { Panel } from '../parts/Panel.tsx';
import { TextArea } from '../parts/TextArea.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { ColourField } from './ColourField.tsx';
import { LogoField } from './LogoField.tsx';
import { ShopPreview } from './ShopPreview.tsx';
import { bodyOf, draftOf, linkNames, type SettingsDraft } from './settings-draft.ts';

/** What the shop says about itself. For owners. */
export function ShopPanel() {
  const words = useConsoleTexts().shop;
  const { api } = useConsole();
  const { body, state, refresh } = useAnswer<SettingsAnswer>('/settings');
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);

  async function save(draft: SettingsDraft, version: number): Promise<void> {
    if (busy) return;
    setBusy(true);
    const sent = { method: 'PATCH', body: bodyOf(draft), ifMatch: `"${version}"` } as const;
    const answer = await api.ask('/settings', sent);
    setBusy(false);
    setSaid(answer.ok ? words.saved : (words.refused[answer.code] ?? words.failed));
    if (answer.ok || answer.code === 'conflict') refresh();
  }

  return (
    <Panel title={words.title} detail={words.detail}>
      {body !== null && (
        <SettingsForm answer={body} busy={busy} onSave={(draft, version) => void save(draft, version)} />
      )}
      <p role="status" className="mt-3 text-sm font-semibold text-pretty empty:hidden">
        {state === 'failed' ? words.failed : said}
      </p>
    </Panel>
  );
}

function SettingsForm(props: {
  answer: SettingsAnswer;
  busy: boolean;
  onSave: (draft: SettingsDraft, version: number) => void;
}) {
  const words = useConsoleTexts().shop;
  const { settings, version } = props.answer;
  const [draft, setDraft] = useState(() => draftOf(settings));
  const change = (part: Partial<SettingsDraft>) => setDraft((before) => ({ ...before, ...part }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new version replaces what is in the form.
  useEffect(() => setDraft(draftOf(settings)), [version]);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    props.onSave(draft, version);
  }

  return (
    <form className="mt-4 grid gap-5" onSubmit={submit}>
      <Looks draft={draft} onChange={change} />
      <fieldset className="grid min-w-0 gap-4 sm:grid-cols-2">
        {linkNames.map((name) => (
          <AddressField
            key={name}
            name={words.links[name]}
            value={draft.links[name]}
            onChange={(address) => change({ links: { ...draft.links, [name]: address } })}
          />
        ))}
        <Field
          name={words.email}
          input={{
            type: 'email',
            maxLength: 254,
            autoComplete: 'off',
            value: draft.email,
            onChange: (event) => change({ email: event.target.value }),
          }}
        />
        <AddressField
          name={words.contact}
          value={draft.contact}
          onChange={(contact) => change({ contact })}
        />
      </fieldset>
      <TextArea
        name={words.delivery}
        hint={words.deliveryHint}
        input={{
          rows: 2,
          maxLength: 300,
          value: draft.delivery,
          onChange: (event) => change({ delivery: event.target.value }),
        }}
      />
      <TextArea
        name={words.next}
        hint={words.nextHint}
        input={{
          maxLength: 1_000,
          value: draft.next,
          onChange: (event) => change({ next: event.target.value }),
        }}
      />
      <AddressField
        name={words.nextLink}
        value={draft.nextLink}
        onChange={(nextLink) => change({ nextLink })}
      />
      <button type="submit" className={`${mainButton} justify-self-start`} aria-disabled={props.busy}>
        {words.save}
      </button>
    </form>
  );
}

function Looks(props: { draft: SettingsDraft; onChange: (part: Partial<SettingsDraft>) => void }) {
  const words = useConsoleTexts().shop;
  const { draft, onChange } = props;
  const { colours } = draft;
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <Field
          name={words.name}
          input={{
            dir: 'auto',
            maxLength: 40,
            value: draft.name,
            onChange: (event) => onChange({ name: event.target.value }),
          }}
        />
        <LogoField logo={draft.logo} onChange={(logo) => onChange({ logo })} />
        {(['accent', 'backdrop'] as const).map((which) => (
          <ColourField
            key={which}
            which={which}
            value={colours[which]}
            onChange={(next) => onChange({ colours: { ...colours, [which]: next } })}
          />
        ))}
      </div>
      <ShopPreview draft={draft} />
    </div>
  );
}

function AddressField(props: { name: string; value: string; onChange: (next: string) => void }) {
  const words = useConsoleTexts().shop;
  return (
    <Field
      name={props.name}
      hint={words.addressHint}
      input={{
        type: 'url',
        dir: 'ltr',
        maxLength: 500,
        autoComplete: 'off',
        value: props.value,
        onChange: (event) => props.onChange(event.target.value),
      }}
    />
  );
}
