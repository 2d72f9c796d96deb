import { descriptionLengthMax } from '@flipzon/protocol/product.ts';
import { useId } from 'react';
import { field } from '../parts/looks.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { ImagesField } from './ImagesField.tsx';
import type { ProductDraft, ProductFault } from './product-draft.ts';

/** What shoppers read and see of a product beside its name and price. */
export function ProductFields(props: {
  draft: ProductDraft;
  faults: ReadonlySet<ProductFault | string>;
  onChange: (part: Partial<ProductDraft>) => void;
}) {
  const words = useConsoleTexts().product;
  const { draft, faults, onChange } = props;
  const id = useId();
  const wrong = faults.has('description');
  return (
    <>
      <div className="flex min-w-0 flex-col gap-1.5">
        <label htmlFor={id} className="text-sm font-medium">
          {words.description}
        </label>
        <textarea
          id={id}
          dir="auto"
          rows={4}
          maxLength={descriptionLengthMax}
          className={`${field} py-2`}
          aria-invalid={wrong}
          aria-describedby={`${id}-about`}
          value={draft.description}
          onChange={(event) => onChange({ description: event.target.value })}
        />
        <p id={`${id}-about`} className={`text-sm text-pretty ${wrong ? 'text-danger' : 'text-muted'}`}>
          {wrong ? words.wrong.description : words.descriptionHint}
        </p>
      </div>
      <ImagesField
        images={draft.images}
        showFaults={faults.has('alt')}
        onChange={(images) => onChange({ images })}
      />
    </>
  );
}
