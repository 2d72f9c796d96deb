import { useConsoleTexts } from '../text/console-texts.ts';
import type { OutcomeShown } from './use-outcome.ts';

/** What was done, in a line that takes the focus. */
export function OutcomeLine(props: {
  outcome: OutcomeShown<keyof ReturnType<typeof useConsoleTexts>['control']['done']>;
}) {
  const { done } = useConsoleTexts().control;
  const { outcome } = props;
  return (
    <p
      ref={outcome.element}
      role="status"
      tabIndex={-1}
      className="mt-3 rounded-xl bg-track px-4 py-2.5 text-sm font-semibold empty:hidden"
    >
      {outcome.done !== null && done[outcome.done]}
    </p>
  );
}
