import { useLanguage } from '../../text/language.ts';
import { useActions, useView } from '../use-view.ts';

/** Stops moving figures for visitors whom they distract; shown only while the sale is live. */
export function FreezeUpdates(props: { className?: string }) {
  const { texts } = useLanguage();
  const actions = useActions();
  const { live, frozen } = useView((view) => ({ live: view.phase === 'live', frozen: view.frozen !== null }));
  return live ? (
    <button
      type="button"
      onClick={() => actions.freezeUpdates(!frozen)}
      className={`inline-flex min-h-11 cursor-pointer items-center font-medium text-ink underline decoration-line underline-offset-4 hover:decoration-ink ${props.className ?? ''}`}
    >
      {frozen ? texts.resumeUpdates : texts.pauseUpdates}
    </button>
  ) : null;
}
