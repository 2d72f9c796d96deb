import { currencies } from '@flipzon/protocol/money.ts';
import { useId } from 'react';
import { useLanguage } from '../../text/language.ts';
import { field } from '../parts/looks.ts';
import { useConsoleTexts } from '../text/console-texts.ts';

/** Any currency of ISO 4217, by its code and its name in the operator's language. */
export function CurrencyField(props: { currency: string; onChange: (currency: string) => void }) {
  const words = useConsoleTexts().setup;
  const { formats } = useLanguage();
  const id = useId();
  const names = new Intl.DisplayNames([...formats.locales], { type: 'currency', fallback: 'none' });
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {words.currency}
      </label>
      <select
        id={id}
        value={props.currency}
        className={`${field} cursor-pointer`}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {currencies.map((code) => {
          const name = names.of(code);
          return (
            <option key={code} value={code} className="bg-card text-ink">
              {name === undefined ? code : `${code} · ${name}`}
            </option>
          );
        })}
      </select>
    </div>
  );
}
