import { type ComponentProps, useId } from 'react';
import { field } from './looks.ts';

/** A field with its name, and what is wrong with it, if anything. */
export function Field(props: {
  name: string;
  hint?: string | undefined;
  wrong?: string | null | undefined;
  input: ComponentProps<'input'>;
}) {
  const id = useId();
  const { name, hint, wrong = null, input } = props;
  const about = wrong ?? hint;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {name}
      </label>
      <input
        id={id}
        className={field}
        aria-invalid={wrong !== null}
        aria-describedby={about === undefined ? undefined : `${id}-about`}
        {...input}
      />
      {about !== undefined && (
        <p
          id={`${id}-about`}
          className={`text-sm text-pretty ${wrong === null ? 'text-muted' : 'text-danger'}`}
        >
          {about}
        </p>
      )}
    </div>
  );
}
