import { useId } from 'react';
import { field } from './looks.ts';

/** A choice from a list, with its name. */
export function SelectField<Value extends string>(props: {
  name: string;
  value: Value;
  options: readonly { value: Value; text: string }[];
  onChange: (value: Value) => void;
}) {
  const { name, value, options, onChange } = props;
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {name}
      </label>
      <select
        id={id}
        value={value}
        className={`${field} cursor-pointer`}
        onChange={({ target }) => {
          const chosen = options[target.selectedIndex];
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} className="bg-card text-ink">
            {option.text}
          </option>
        ))}
      </select>
    </div>
  );
}
