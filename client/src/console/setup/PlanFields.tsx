import { currencyDecimals } from '@flipzon/protocol/money.ts';
import { useLanguage } from '../../text/language.ts';
import { Field } from '../parts/Field.tsx';
import { RadioField } from '../parts/RadioField.tsx';
import { PresaleField } from '../presale/PresaleField.tsx';
import { ProductFields } from '../product/ProductFields.tsx';
import type { ProductFault } from '../product/product-draft.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { VariantsField } from '../variants/VariantsField.tsx';
import type { ReadVariants } from '../variants/variant-draft.ts';
import { CurrencyField } from './CurrencyField.tsx';
import type { PlanDraft, PlanFault } from './plan.ts';
import { ScheduleFields } from './ScheduleFields.tsx';
import type { ReadSchedule } from './schedule.ts';
import { useAskedNumber } from './use-asked-number.ts';

/** The faults that one fixed text explains. */
type PlainFault = Exclude<PlanFault, 'price' | 'variants' | 'presale' | ProductFault>;

export function PlanFields(props: {
  draft: PlanDraft;
  faults: ReadonlySet<PlanFault>;
  schedule: ReadSchedule;
  variants: ReadVariants;
  showFaults: boolean;
  /** A planned sale cannot open at once. */
  mayOpenAtOnce: boolean;
  onChange: (next: PlanDraft) => void;
}) {
  const words = useConsoleTexts().setup;
  const { formats } = useLanguage();
  const { draft, faults } = props;
  const change = (part: Partial<PlanDraft>) => props.onChange({ ...draft, ...part });
  const asked = useAskedNumber();
  const wrong = (fault: PlainFault) => (faults.has(fault) ? words.wrong[fault] : null);
  return (
    <>
      <Field
        name={words.name}
        wrong={wrong('name')}
        input={{
          name: 'product',
          value: draft.name,
          onChange: (event) => change({ name: event.target.value }),
        }}
      />
      <ProductFields draft={draft} faults={faults} onChange={change} />
      <PriceAndUnits draft={draft} faults={faults} wrong={wrong} wrongPrice={wrongPrice} onChange={change} />
      <VariantsField
        variants={draft.variants}
        read={props.variants}
        showFaults={props.showFaults}
        wrongPrice={wrongPrice}
        onChange={(variants) => change({ variants })}
      />
      {props.mayOpenAtOnce && (
        <RadioField
          legend={<span className="font-medium">{words.when}</span>}
          value={draft.atOnce}
          options={[
            { value: false, text: words.at.time },
            { value: true, text: words.at.now },
          ]}
          onChange={(atOnce) => change({ atOnce })}
        />
      )}
      <ScheduleFields
        schedule={draft.schedule}
        read={props.schedule}
        opens={!draft.atOnce}
        showFaults={props.showFaults}
        onChange={(schedule) => change({ schedule })}
      />
      <PresaleField
        draft={draft.presale}
        wrong={faults.has('presale')}
        onChange={(presale) => change({ presale })}
      />
      <SimulatedField simulated={draft.simulated} onChange={(simulated) => change({ simulated })} />
    </>
  );

  function wrongPrice(typed: string): string {
    const question = asked(typed);
    if (question !== null) return question;
    const decimals = currencyDecimals(draft.currency);
    return words.wrong.price(decimals, formats.number(decimals));
  }
}

function PriceAndUnits(props: {
  draft: PlanDraft;
  faults: ReadonlySet<PlanFault>;
  wrong: (fault: PlainFault) => string | null;
  wrongPrice: (typed: string) => string;
  onChange: (part: Partial<PlanDraft>) => void;
}) {
  const words = useConsoleTexts().setup;
  const asked = useAskedNumber();
  const { draft, faults, onChange } = props;
  const isVaried = draft.variants.length > 0;
  // With variants, each has its own units.
  const numbers = isVaried ? (['perCustomer'] as const) : (['quantity', 'perCustomer'] as const);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field
        name={words.price}
        wrong={faults.has('price') ? props.wrongPrice(draft.price) : null}
        input={{
          value: draft.price,
          inputMode: 'decimal',
          onChange: (event) => onChange({ price: event.target.value }),
        }}
      />
      <CurrencyField currency={draft.currency} onChange={(currency) => onChange({ currency })} />
      {numbers.map((name) => (
        <Field
          key={name}
          name={words[name]}
          wrong={faults.has(name) ? (asked(draft[name]) ?? props.wrong(name)) : null}
          input={{
            value: draft[name],
            inputMode: 'numeric',
            onChange: (event) => onChange({ [name]: event.target.value }),
          }}
        />
      ))}
    </div>
  );
}

function SimulatedField(props: { simulated: boolean; onChange: (simulated: boolean) => void }) {
  const words = useConsoleTexts().setup;
  return (
    <label className="flex cursor-pointer items-start gap-2 text-sm">
      <input
        type="checkbox"
        className="mt-0.5 size-5 shrink-0 accent-accent-ink"
        checked={props.simulated}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>
        <span className="font-medium">{words.simulated}</span>
        <span className="block text-muted">{words.simulatedDetail}</span>
      </span>
    </label>
  );
}
