import type { Variant } from '@flipzon/protocol/variants.ts';
import { useLanguage } from '../../text/language.ts';
import { SelectField } from '../parts/SelectField.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

/** Which variant gets units; none is chosen at first. */
export function VariantField(props: {
  variants: readonly Variant[];
  sku: string;
  showFaults: boolean;
  onChange: (sku: string) => void;
}) {
  const words = useConsoleTexts().variants;
  const { formats } = useLanguage();
  const options = props.variants.map(({ sku, name, remaining, quantity }) => ({
    value: sku,
    text: `${name} · ${words.leftOf(formats.number(remaining), formats.number(quantity))}`,
  }));
  return (
    <div>
      <SelectField
        name={words.choose}
        value={props.sku}
        options={[{ value: '', text: words.none }, ...options]}
        onChange={props.onChange}
      />
      <p role="alert" className="mt-1.5 text-sm text-danger empty:hidden">
        {props.showFaults && props.sku === '' && words.missing}
      </p>
    </div>
  );
}
