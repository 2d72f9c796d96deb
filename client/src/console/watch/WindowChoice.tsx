import { useConsoleTexts } from '../text/console-texts.ts';

const windows = [120, 900, 3600] as const;

export function WindowChoice(props: { seconds: number; onChange: (seconds: number) => void }) {
  const words = useConsoleTexts().watch;
  return (
    <fieldset className="flex items-center gap-1 rounded-2xl border border-line bg-card p-1">
      <legend className="sr-only">{words.window}</legend>
      {windows.map((seconds) => (
        <label
          key={seconds}
          className="inline-flex min-h-9 cursor-pointer items-center rounded-xl px-3 text-sm font-semibold text-muted has-checked:bg-track has-checked:text-ink has-focus-visible:outline-3 has-focus-visible:outline-accent-ink"
        >
          <input
            type="radio"
            name="window"
            className="sr-only"
            checked={props.seconds === seconds}
            onChange={() => props.onChange(seconds)}
          />
          {words.windows[seconds]}
        </label>
      ))}
    </fieldset>
  );
}
