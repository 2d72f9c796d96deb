import type { ProductImage } from '@flipzon/protocol/product.ts';
import { useLanguage } from '../../text/language.ts';
import { smallest } from '../../ui/Picture.tsx';
import { EntrySteps } from '../parts/EntrySteps.tsx';
import { Field } from '../parts/Field.tsx';
import { useConsoleTexts } from '../text/console-texts.ts';

/** One image of the list: what it shows, in words, and its place. */
export function ImageEntry(props: {
  image: ProductImage;
  position: number;
  count: number;
  wrong: boolean;
  onAlt: (alt: string) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
}) {
  const words = useConsoleTexts().product;
  const { formats } = useLanguage();
  const { image, position, count, wrong } = props;
  const number = formats.number(position + 1);
  return (
    <li className="flex flex-wrap items-start gap-3">
      <img
        src={smallest(image)}
        alt=""
        width={image.width}
        height={image.height}
        className="size-24 shrink-0 rounded-xl border border-line bg-white object-contain"
      />
      <div className="min-w-0 flex-1 basis-48">
        <Field
          name={`${words.alt} ${number}`}
          hint={words.altHint}
          wrong={wrong ? words.wrong.alt : null}
          input={{ value: image.alt, dir: 'auto', onChange: (event) => props.onAlt(event.target.value) }}
        />
        <EntrySteps
          name={number}
          position={position}
          count={count}
          words={words}
          onMove={props.onMove}
          onRemove={props.onRemove}
        />
      </div>
    </li>
  );
}
