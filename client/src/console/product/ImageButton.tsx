import { imageTypes } from '@flipzon/protocol/product.ts';
import { type RefObject, useRef } from 'react';
import { quietButton } from '../parts/looks.ts';

/** Lets the operator choose image files on their device. */
export function ImageButton(props: {
  name: string;
  multiple?: boolean;
  disabled: boolean;
  button?: RefObject<HTMLButtonElement | null>;
  className?: string;
  onFiles: (files: File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple={props.multiple}
        hidden
        accept={imageTypes.join()}
        aria-label={props.name}
        onChange={(event) => {
          props.onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <button
        ref={props.button}
        type="button"
        className={`${quietButton} ${props.className ?? ''}`}
        aria-disabled={props.disabled}
        onClick={() => props.disabled || input.current?.click()}
      >
        {props.name}
      </button>
    </>
  );
}
