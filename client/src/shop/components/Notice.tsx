import type { PageState } from '../model/derive-state.ts';
import { useView } from '../use-view.ts';
import { Message } from './Message.tsx';

/** News about the visitor's own buy comes before the count; news about the sale is at the button. */
export const noticed: ReadonlySet<PageState> = new Set(['lost', 'revoked', 'cancelled', 'blocked', 'paused']);

export function Notice() {
  const shown = useView((view) => noticed.has(view.state));
  return shown ? (
    <div className="arrive mb-6 rounded-2xl border border-line bg-card p-4 sm:p-5">
      <Message />
    </div>
  ) : null;
}
