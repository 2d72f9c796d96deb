import { descriptionLengthMax } from '@flipzon/protocol/product.ts';
import { TextArea } from '../parts/TextArea.tsx';
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
  return (
    <>
      <TextArea
        name={words.description}
        hint={words.descriptionHint}
        wrong={faults.has('description') ? words.wrong.description : null}
        input={{
          maxLength: descriptionLengthMax,
          value: draft.description,
          onChange: (event) => onChange({ description: event.target.value }),
        }}
      />
      <ImagesField
        images={draft.images}
        showFaults={faults.has('alt')}
        onChange={(images) => onChange({ images })}
      />
    </>
  );
}
