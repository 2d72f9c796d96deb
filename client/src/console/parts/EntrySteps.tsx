import { linkButton } from './looks.ts';

/** Moves an entry of a list by one place, or removes it. `name`: the entry, for screen readers. */
export function EntrySteps(props: {
  name: string;
  position: number;
  count: number;
  words: { earlier: string; later: string; remove: string };
  onMove: (to: number) => void;
  onRemove: () => void;
}) {
  const { position, count, words } = props;
  const name = <span className="sr-only"> {props.name}</span>;
  const steps = [
    { text: words.earlier, to: position - 1, isPossible: position > 0 },
    { text: words.later, to: position + 1, isPossible: position < count - 1 },
  ];
  return (
    <div className="flex flex-wrap gap-x-4">
      {steps.map(({ text, to, isPossible }) => (
        <button
          key={text}
          type="button"
          className={`${linkButton} aria-disabled:text-muted aria-disabled:no-underline`}
          aria-disabled={!isPossible}
          onClick={() => isPossible && props.onMove(to)}
        >
          {text}
          {name}
        </button>
      ))}
      <button type="button" className={`${linkButton} text-danger`} onClick={props.onRemove}>
        {words.remove}
        {name}
      </button>
    </div>
  );
}
