import type { SaleResult } from '@flipzon/protocol/operator.ts';
import type { CodeCountsShown, GeneratedAnswer, ImportedAnswer } from '@flipzon/protocol/presale.ts';
import { type FormEvent, useRef, useState } from 'react';
import { useLanguage } from '../../text/language.ts';
import { saveFile } from '../../ui/save-file.ts';
import { useConsole } from '../console-context.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { FactList } from '../parts/FactList.tsx';
import { Field } from '../parts/Field.tsx';
import { dangerButton, quietButton } from '../parts/looks.ts';
import { SelectField } from '../parts/SelectField.tsx';
import { Steering } from '../parts/Steering.tsx';
import { useAnswer } from '../parts/use-answer.ts';
import { wholeNumber } from '../setup/whole-number.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

const generatedMax = 10_000;

/** The access codes of a sale: how many there are, making, importing and revoking them. */
export function AccessCodesDialog(props: { sale: SaleResult; onClose: () => void }) {
  const words = useConsoleTexts().presale;
  const { formats } = useLanguage();
  const { api } = useConsole();
  const path = `/sales/${encodeURIComponent(props.sale.id)}/access-codes`;
  const { body: counts, refresh } = useAnswer<CodeCountsShown>(path);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; isWrong: boolean } | null>(null);
  const say = (text: string, isWrong = false) => setSaid({ text, isWrong });

  /** Null: refused; the reason is shown. */
  async function change<Body>(at: string, body: unknown): Promise<Body | null> {
    setBusy(true);
    const answer =
      body instanceof File
        ? await api.upload<Body>(at, body)
        : await api.ask<Body>(at, { method: 'POST', body });
    setBusy(false);
    refresh();
    if (answer.ok) return answer.body;
    say(words.refused[answer.code] ?? words.failed, true);
    return null;
  }

  async function generate(count: number, variant: string): Promise<void> {
    const made = await change<GeneratedAnswer>(path, { count, ...(variant !== '' && { variant }) });
    if (made === null) return;
    saveFile(`access-codes-${props.sale.id}.csv`, 'text/csv', `code\r\n${made.codes.join('\r\n')}\r\n`);
    say(words.generated(made.codes.length, formats.number(made.codes.length)));
  }

  async function importFile(file: File): Promise<void> {
    const typed = new File([file], file.name, { type: 'text/csv' });
    const found = await change<ImportedAnswer>(`${path}/import`, typed);
    if (found === null) return;
    const lines = found.lines.map(({ line }) => formats.number(line)).join(', ');
    const left = lines === '' ? '' : ` ${words.notImported(lines)}`;
    const result = words.imported(
      formats.number(found.imported),
      formats.number(found.duplicates),
      formats.number(found.invalid),
    );
    say(result + left, lines !== '');
  }

  async function revoke(code: string, onDone: () => void): Promise<void> {
    if ((await change(`${path}/revoke`, { code })) === null) return;
    onDone();
    say(words.revoked);
  }

  return (
    <Dialog title={words.title} detail={words.detail} onClose={props.onClose}>
      {counts !== null && (
        <FactList
          className="mt-4"
          facts={[
            [words.issued, formats.number(counts.issued)],
            [words.redeemed, formats.number(counts.redeemed)],
            [words.revokedCount, formats.number(counts.revoked)],
          ]}
        />
      )}
      <p
        role="status"
        className={`mt-3 text-sm font-semibold empty:hidden ${said?.isWrong ? 'text-danger' : ''}`}
      >
        {said?.text}
      </p>
      <Steering>
        <Generate
          sale={props.sale}
          busy={busy}
          onGenerate={(count, variant) => void generate(count, variant)}
          onWrong={() => say(words.countWrong, true)}
        />
        <div className="mt-5">
          <label className={`${quietButton} focus-within:outline-2`}>
            {words.import}
            <input
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              className="sr-only"
              disabled={busy}
              onChange={(event) => {
                const [file] = event.target.files ?? [];
                event.target.value = '';
                if (file !== undefined) void importFile(file);
              }}
            />
          </label>
          <p className="mt-1 text-sm text-muted">{words.importDetail}</p>
        </div>
        <Revoke busy={busy} onRevoke={(code, onDone) => void revoke(code, onDone)} />
      </Steering>
    </Dialog>
  );
}

function Generate(props: {
  sale: SaleResult;
  busy: boolean;
  onGenerate: (count: number, variant: string) => void;
  onWrong: () => void;
}) {
  const words = useConsoleTexts().presale;
  const { formats } = useLanguage();
  const [count, setCount] = useState('100');
  const [variant, setVariant] = useState('');
  const { variants = [] } = props.sale;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const wanted = wholeNumber(count, [1, generatedMax], formats.locales);
    if (wanted === null) props.onWrong();
    else if (!props.busy) props.onGenerate(wanted, variant);
  }

  return (
    <form noValidate className="mt-5 flex flex-wrap items-end gap-3" onSubmit={submit}>
      <Field
        name={words.count}
        input={{ value: count, inputMode: 'numeric', onChange: (event) => setCount(event.target.value) }}
      />
      {variants.length > 0 && (
        <SelectField
          name={words.variant}
          value={variant}
          options={[
            { value: '', text: words.anyVariant },
            ...variants.map(({ sku, name }) => ({ value: sku, text: name })),
          ]}
          onChange={setVariant}
        />
      )}
      <button type="submit" className={quietButton} aria-disabled={props.busy}>
        {words.generate}
      </button>
    </form>
  );
}

function Revoke(props: { busy: boolean; onRevoke: (code: string, onDone: () => void) => void }) {
  const words = useConsoleTexts().presale;
  const field = useRef<HTMLInputElement>(null);
  return (
    <form
      noValidate
      className="mt-5 flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const code = field.current?.value.trim() ?? '';
        if (props.busy || code === '') return;
        props.onRevoke(code, () => {
          if (field.current !== null) field.current.value = '';
        });
      }}
    >
      <Field
        name={words.code}
        input={{ ref: field, maxLength: 200, autoComplete: 'off', spellCheck: false, dir: 'ltr' }}
      />
      <button type="submit" className={dangerButton} aria-disabled={props.busy}>
        {words.revoke}
      </button>
    </form>
  );
}
