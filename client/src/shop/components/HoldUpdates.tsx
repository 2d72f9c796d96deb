import { useLanguage } from '../../text/language.ts';
import { useActions, useView } from '../use-view.ts';

/** Stops moving figures for visitors whom they distract; shown only while the sale is live. */
export function HoldUpdates(props: { className?: string }) {
  const { texts } = useLanguage();
  const actions = useActions();
  const { live, held } = useView((view) => ({ live: view.phase === 'live', held: view.held !== null }));
  return live ? (
    <button
      type="button"
      onClick={() => actions.holdUpdates(!held)}
      className={`inline-flex min-h-11 cursor-pointer items-center font-medium text-ink underline decoration-line underline-offset-4 hover:decoration-ink ${props.className ?? ''}`}
    >
      {held ? texts.resumeUpdates : texts.pauseUpdates}
    </button>
  ) : null;
}
