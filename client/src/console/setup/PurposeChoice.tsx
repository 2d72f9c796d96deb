import { useId } from 'react';
import { useConsoleTexts } from '../text/console-texts.ts';

export type Purpose = 'page' | 'plan';
const purposes = ['page', 'plan'] as const;

/** Whether the sale is for the page, or waits while another one is there. */
export function PurposeChoice(props: { purpose: Purpose; onChange: (next: Purpose) => void }) {
  const words = useConsoleTexts().setup;
  const id = useId();
  return (
    <fieldset>
      <legend className="text-sm font-medium">{words.purpose}</legend>
      <div className="mt-1.5 grid gap-2.5 sm:grid-cols-2">
        {purposes.map((purpose) => (
          <label
            key={purpose}
            className="flex min-h-11 cursor-pointer items-start gap-2.5 rounded-xl border border-line px-4 py-3 text-sm hover:border-ink has-checked:border-accent-ink has-checked:bg-track"
          >
            <input
              type="radio"
              name={`${id}-purpose`}
              className="mt-0.5 size-5 shrink-0 accent-accent-ink"
              checked={props.purpose === purpose}
              onChange={() => props.onChange(purpose)}
            />
            <span>
              <span className="font-semibold">{words.purposes[purpose]}</span>
              <span className="block text-pretty text-muted">{words.purposeDetail[purpose]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
