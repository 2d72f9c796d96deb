import { quantityMax, variantsMax } from '@flipzon/protocol/variants.ts';
import { type Ref, useId, useRef } from 'react';
import { useLanguage } from '../../text/language.ts';
import { quietButton } from '../parts/looks.ts';
import { moved } from '../parts/moved.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { VariantEntry } from './VariantEntry.tsx';
import { emptyVariant, type ReadVariants, type VariantDraft } from './variant-draft.ts';

interface Variants {
  variants: readonly VariantDraft[];
  read: ReadVariants;
  showFaults: boolean;
  wrongPrice: (typed: string) => string;
  onChange: (next: VariantDraft[]) => void;
}

/** The variants in their order, and a way to add some. */
export function VariantsField(props: Variants) {
  const words = useConsoleTexts().variants;
  const { formats } = useLanguage();
  const { variants, read, showFaults, onChange } = props;
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const isFull = variants.length >= variantsMax;
  const isEmpty = variants.length === 0;

  /** There is none, or there are several. */
  function add(): void {
    onChange([...variants, emptyVariant(), ...(isEmpty ? [emptyVariant()] : [])]);
    // Focuses the first new variant, once it is rendered.
    requestAnimationFrame(() => list.current?.children[variants.length]?.querySelector('input')?.focus());
  }

  return (
    <fieldset className="min-w-0" aria-describedby={`${id}-about`}>
      <legend className="text-sm font-medium">{words.title}</legend>
      <p id={`${id}-about`} className="text-sm text-pretty text-muted">
        {words.hint}
      </p>
      {!isEmpty && (
        <VariantList
          {...props}
          list={list}
          // The pressed button is gone, so the focus moves on.
          onRemoved={() => button.current?.focus()}
        />
      )}
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <button
          ref={button}
          type="button"
          className={quietButton}
          aria-disabled={isFull}
          onClick={() => isFull || add()}
        >
          {isEmpty ? words.add : words.addMore}
        </button>
        {!isEmpty && (
          <p className="text-sm tabular-nums">
            {words.total}:{' '}
            <output data-testid="variants-total" className="font-semibold">
              {formats.number(read.total)}
            </output>
          </p>
        )}
      </div>
      {showFaults && read.total > quantityMax && (
        <p className="mt-2 text-sm text-danger">{words.wrong.many}</p>
      )}
      <p role="status" className="mt-2 text-sm text-muted empty:hidden">
        {isFull && words.full}
      </p>
    </fieldset>
  );
}

function VariantList(props: Variants & { list: Ref<HTMLOListElement>; onRemoved: () => void }) {
  const { variants, read, showFaults, onChange } = props;
  return (
    <ol ref={props.list} className="mt-3 flex flex-col gap-3" data-testid="variants">
      {variants.map((variant, index) => (
        <VariantEntry
          key={variant.key}
          variant={variant}
          sku={read.skus[index] ?? ''}
          position={index}
          count={variants.length}
          faults={showFaults ? (read.faults[index] ?? new Set()) : new Set()}
          wrongPrice={props.wrongPrice}
          onChange={(part) =>
            onChange(variants.map((each) => (each === variant ? { ...each, ...part } : each)))
          }
          onMove={(to) => onChange(moved(variants, index, to))}
          onRemove={() => {
            onChange(variants.filter((each) => each !== variant));
            props.onRemoved();
          }}
        />
      ))}
    </ol>
  );
}
