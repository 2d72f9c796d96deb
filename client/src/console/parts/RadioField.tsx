import { type ReactNode, useId } from 'react';

/** A choice of a few options in one line. */
export function RadioField<Value extends string | boolean>(props: {
  legend: ReactNode;
  value: Value;
  options: readonly { value: Value; text: string }[];
  onChange: (next: Value) => void;
}) {
  const id = useId();
  return (
    <fieldset className="text-sm">
      <legend>{props.legend}</legend>
      {props.options.map(({ value, text }) => (
        <label key={text} className="me-5 inline-flex min-h-11 cursor-pointer items-center gap-2">
          <input
            type="radio"
            name={`${id}-choice`}
            className="size-5 accent-accent-ink"
            checked={props.value === value}
            onChange={() => props.onChange(value)}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
