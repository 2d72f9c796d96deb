import { imagesMax, type ProductImage } from '@flipzon/protocol/product.ts';
import { useId, useRef } from 'react';
import { moved } from '../parts/moved.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { ImageButton } from './ImageButton.tsx';
import { ImageEntry } from './ImageEntry.tsx';
import { isAlt } from './product-draft.ts';
import { useUploads } from './use-uploads.ts';

/** The images in their order, and a way to add some. */
export function ImagesField(props: {
  images: readonly ProductImage[];
  showFaults: boolean;
  onChange: (next: ProductImage[]) => void;
}) {
  const words = useConsoleTexts().product;
  const { images, showFaults, onChange } = props;
  const uploads = useUploads(images, onChange);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const isFull = images.length >= imagesMax;

  function remove(image: ProductImage): void {
    onChange(images.filter((each) => each !== image));
    // The button that was pressed is gone.
    button.current?.focus();
  }

  return (
    <fieldset className="min-w-0" aria-describedby={`${id}-about`}>
      <legend className="text-sm font-medium">{words.images}</legend>
      <p id={`${id}-about`} className="text-sm text-pretty text-muted">
        {words.imagesHint}
      </p>
      {images.length > 0 && (
        <ol className="mt-3 flex flex-col gap-4" data-testid="images">
          {images.map((image, index) => (
            <ImageEntry
              key={image.id}
              image={image}
              position={index}
              count={images.length}
              wrong={showFaults && !isAlt(image.alt)}
              onAlt={(alt) => onChange(images.map((each) => (each === image ? { ...each, alt } : each)))}
              onMove={(to) => onChange(moved(images, index, to))}
              onRemove={() => remove(image)}
            />
          ))}
        </ol>
      )}
      <ImageButton
        name={words.add}
        multiple
        disabled={isFull || uploads.busy !== null}
        button={button}
        className="mt-3"
        onFiles={(files) => void uploads.add(files)}
      />
      <p role="status" className="mt-2 text-sm text-muted empty:hidden">
        {uploads.busy ?? (isFull ? words.full : null)}
      </p>
      <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
        {uploads.problem}
      </p>
    </fieldset>
  );
}
