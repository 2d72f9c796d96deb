import { currencies } from '@flipzon/protocol/money.ts';
import { useMemo } from 'react';
import { useLanguage } from '../../text/language.ts';
import { SelectField } from '../parts/SelectField.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

/** Any currency of ISO 4217, by its code and its name in the operator's language. */
export function CurrencyField(props: { currency: string; onChange: (currency: string) => void }) {
  const words = useConsoleTexts().setup;
  const { locales } = useLanguage().formats;
  const options = useMemo(() => {
    const names = new Intl.DisplayNames([...locales], { type: 'currency', fallback: 'none' });
    return currencies.map((code) => {
      const name = names.of(code);
      return { value: code, text: name === undefined ? code : `${code} · ${name}` };
    });
  }, [locales]);
  return (
    <SelectField name={words.currency} value={props.currency} options={options} onChange={props.onChange} />
  );
}
