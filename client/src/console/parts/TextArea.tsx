import { type ComponentProps, useId } from 'react';
import { field } from './looks.ts';

/** A field of several lines with its name, and what is wrong with it, if anything. */
export function TextArea(props: {
  name: string;
  hint: string;
  wrong?: string | null;
  input: ComponentProps<'textarea'>;
}) {
  const id = useId();
  const { name, hint, wrong = null, input } = props;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {name}
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={4}
        className={`${field} py-2`}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-about`}
        {...input}
      />
      <p
        id={`${id}-about`}
        className={`text-sm text-pretty ${wrong === null ? 'text-muted' : 'text-danger'}`}
      >
        {wrong ?? hint}
      </p>
    </div>
  );
}
