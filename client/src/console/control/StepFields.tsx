import type { Sale } from '@flipzon/protocol/schemas.ts';
import { quantityMax } from '@flipzon/protocol/variants.ts';
import { useLanguage } from '../../text/language.ts';
import { Field } from '../parts/Field.tsx';
import { PresaleField } from '../presale/PresaleField.tsx';
import { ProductFields } from '../product/ProductFields.tsx';
import { productFaults } from '../product/product-draft.ts';
import { isName } from '../setup/plan.ts';
import { useAskedNumber } from '../setup/use-asked-number.ts';
import { wholeNumber } from '../setup/whole-number.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { VariantField } from '../variants/VariantField.tsx';
import type { SteeringKind } from './change.ts';
import { MoveFields } from './MoveFields.tsx';
import type { StepDraft } from './step-draft.ts';

const reasonLengthMax = 200;

interface Input {
  draft: StepDraft;
  /** The operator pressed the button, but the input is not valid. */
  incomplete: boolean;
  onChange: (part: Partial<StepDraft>) => void;
}

/** The input that a step needs. */
export function StepFields(props: Input & { kind: SteeringKind; sale: Sale | null; orderIsChosen: boolean }) {
  const words = useConsoleTexts().control;
  const { kind, draft, incomplete, onChange } = props;
  return (
    <>
      {kind === 'cancel' && !props.orderIsChosen && (
        <Field
          name={words.order}
          hint={words.orderHint}
          wrong={incomplete ? words.orderHint : null}
          input={{
            value: draft.orderId,
            autoCapitalize: 'none',
            spellCheck: false,
            onChange: (event) => onChange({ orderId: event.target.value }),
          }}
        />
      )}
      {(kind === 'pause' || kind === 'end' || kind === 'cancel') && (
        <Field
          name={kind === 'cancel' ? words.logReason : words.reason}
          hint={kind === 'cancel' ? undefined : words.reasonHint}
          input={{
            value: draft.reason,
            maxLength: reasonLengthMax,
            onChange: (event) => onChange({ reason: event.target.value }),
          }}
        />
      )}
      {kind === 'restock' && (
        <RestockFields sale={props.sale} draft={draft} incomplete={incomplete} onChange={onChange} />
      )}
      {kind === 'edit' && <ProductEdit draft={draft} incomplete={incomplete} onChange={onChange} />}
      {kind === 'presale' && (
        <PresaleField
          draft={draft.presale}
          wrong={incomplete}
          onChange={(presale) => onChange({ presale })}
        />
      )}
      {kind === 'move' && props.sale !== null && (
        <MoveFields
          sale={props.sale}
          schedule={draft.schedule}
          showFaults={incomplete}
          onChange={(schedule) => onChange({ schedule })}
        />
      )}
    </>
  );
}

function RestockFields({ sale, draft, incomplete, onChange }: Input & { sale: Sale | null }) {
  const texts = useConsoleTexts();
  const asked = useAskedNumber();
  const { formats } = useLanguage();
  return (
    <>
      {sale?.variants !== undefined && (
        <VariantField
          variants={sale.variants}
          sku={draft.variant}
          showFaults={incomplete}
          onChange={(variant) => onChange({ variant })}
        />
      )}
      <Field
        name={texts.control.units}
        wrong={
          incomplete && wholeNumber(draft.units, [1, quantityMax], formats.locales) === null
            ? (asked(draft.units) ?? texts.setup.wrong.quantity)
            : null
        }
        input={{
          value: draft.units,
          inputMode: 'numeric',
          onChange: (event) => onChange({ units: event.target.value }),
        }}
      />
    </>
  );
}

function ProductEdit({ draft, incomplete, onChange }: Input) {
  const texts = useConsoleTexts();
  return (
    <>
      <Field
        name={texts.setup.name}
        wrong={incomplete && !isName(draft.name.trim()) ? texts.setup.wrong.name : null}
        input={{
          value: draft.name,
          dir: 'auto',
          onChange: (event) => onChange({ name: event.target.value }),
        }}
      />
      <ProductFields
        draft={draft.product}
        faults={new Set(incomplete ? productFaults(draft.product) : [])}
        onChange={(part) => onChange({ product: { ...draft.product, ...part } })}
      />
    </>
  );
}
