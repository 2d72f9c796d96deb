import { useConsoleTexts } from '../text/console-texts.ts';
import { ActionEntry } from './ActionEntry.tsx';
import type { Trying } from './use-change.ts';

/** Why a change was not made: which operator was faster and what they did, or the shop's error. */
export function ChangeOutcome(props: { trying: Trying }) {
  const texts = useConsoleTexts();
  const { conflict, refusal } = props.trying;
  return (
    <div role="alert" className="empty:contents">
      {conflict !== null && (
        <div data-testid="conflict" className="mt-4 rounded-2xl border-2 border-accent-ink p-4">
          <h3 className="font-semibold">{texts.conflict.title}</h3>
          <p className="text-sm text-pretty text-muted">
            {conflict.changed.length > 0 ? texts.conflict.detail : texts.conflict.unknown}
          </p>
          <ol className="mt-2 divide-y divide-line">
            {conflict.changed.map((action) => (
              <ActionEntry key={action.id} action={action} />
            ))}
          </ol>
        </div>
      )}
      {refusal !== null && (
        <p className="mt-4 text-sm font-medium text-danger">
          {textOf(refusal.code)}
          {/* Only the shop knows what is wrong with a value. */}
          {(refusal.code === 'invalid_request' || refusal.code === 'conflict') && (
            <span lang="en"> {refusal.detail}</span>
          )}
        </p>
      )}
    </div>
  );

  function textOf(code: string): string {
    const words: Record<string, string> = texts.control.notDone;
    return words[code] ?? texts.control.notDone.other;
  }
}
