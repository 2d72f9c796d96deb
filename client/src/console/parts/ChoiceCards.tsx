import { useId } from 'react';

/** A choice of a few options, each with its description. */
export function ChoiceCards<Choice extends string>(props: {
  legend: string;
  choices: readonly Choice[];
  chosen: Choice;
  name: Readonly<Record<Choice, string>>;
  detail: Readonly<Record<Choice, string>>;
  onChoose: (next: Choice) => void;
}) {
  const id = useId();
  return (
    <fieldset>
      <legend className="text-sm font-medium">{props.legend}</legend>
      <div className="mt-1.5 grid gap-2.5 sm:grid-cols-2">
        {props.choices.map((choice) => (
          <label
            key={choice}
            className="flex min-h-11 cursor-pointer items-start gap-2.5 rounded-xl border border-line px-4 py-3 text-sm hover:border-ink has-checked:border-accent-ink has-checked:bg-track"
          >
            <input
              type="radio"
              name={`${id}-choice`}
              className="mt-0.5 size-5 shrink-0 accent-accent-ink"
              checked={props.chosen === choice}
              onChange={() => props.onChoose(choice)}
            />
            <span>
              <span className="font-semibold">{props.name[choice]}</span>
              <span className="block text-pretty text-muted">{props.detail[choice]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
