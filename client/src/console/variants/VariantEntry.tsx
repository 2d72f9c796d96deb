import { variantNameLengthMax } from '@flipzon/protocol/variants.ts';
import { useLanguage } from '../../text/language.ts';
import { EntrySteps } from '../parts/EntrySteps.tsx';
import { Field } from '../parts/Field.tsx';
import { useAskedNumber } from '../setup/use-asked-number.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import type { VariantDraft, VariantFault } from './variant-draft.ts';

interface Variant {
  variant: VariantDraft;
  /** Typed, or suggested by the name. */
  sku: string;
  faults: ReadonlySet<VariantFault>;
  wrongPrice: (typed: string) => string;
  onChange: (part: Partial<VariantDraft>) => void;
}

/** One variant of the list: its fields and its place. */
export function VariantEntry(
  props: Variant & { position: number; count: number; onMove: (to: number) => void; onRemove: () => void },
) {
  const words = useConsoleTexts().variants;
  const { formats } = useLanguage();
  const { position, count, faults } = props;
  const number = formats.number(position + 1);
  return (
    <li>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a second frame. */}
      <div role="group" aria-label={words.one(number)} className="rounded-xl border border-line p-3 sm:p-4">
        <VariantFields {...props} />
        {faults.has('few') && <p className="mt-2 text-sm text-danger">{words.wrong.few}</p>}
        <div className="-mb-2">
          <EntrySteps
            name={words.one(number)}
            position={position}
            count={count}
            words={words}
            onMove={props.onMove}
            onRemove={props.onRemove}
          />
        </div>
      </div>
    </li>
  );
}

function VariantFields({ variant, sku, faults, wrongPrice, onChange }: Variant) {
  const texts = useConsoleTexts();
  const words = texts.variants;
  const asked = useAskedNumber();
  const wrongSku = faults.has('taken') ? words.wrong.taken : faults.has('sku') ? words.wrong.sku : null;
  return (
    <div className="grid gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <Field
        name={words.name}
        wrong={faults.has('name') ? words.wrong.name : null}
        input={{
          value: variant.name,
          dir: 'auto',
          maxLength: variantNameLengthMax,
          onChange: (event) => onChange({ name: event.target.value }),
        }}
      />
      <Field
        name={words.sku}
        wrong={wrongSku}
        input={{
          value: sku,
          dir: 'ltr',
          autoCapitalize: 'none',
          spellCheck: false,
          onChange: (event) => onChange({ sku: event.target.value }),
        }}
      />
      <Field
        name={words.price}
        hint={words.priceHint}
        wrong={faults.has('price') ? wrongPrice(variant.price) : null}
        input={{
          value: variant.price,
          inputMode: 'decimal',
          onChange: (event) => onChange({ price: event.target.value }),
        }}
      />
      <Field
        name={words.units}
        wrong={faults.has('quantity') ? (asked(variant.quantity) ?? texts.setup.wrong.quantity) : null}
        input={{
          value: variant.quantity,
          inputMode: 'numeric',
          onChange: (event) => onChange({ quantity: event.target.value }),
        }}
      />
    </div>
  );
}
