import type { PageState } from '../model/derive-state.ts';
import { useView } from '../use-view.ts';
import { Message } from './Message.tsx';

/** What has happened to the visitor comes before the count; what merely goes on is said at the button. */
export const noticed: ReadonlySet<PageState> = new Set(['lost', 'revoked', 'cancelled', 'blocked', 'paused']);

export function Notice() {
  const shown = useView((view) => noticed.has(view.state));
  return shown ? (
    <div className="arrive mb-6 rounded-2xl border border-line bg-card p-4 sm:p-5">
      <Message />
    </div>
  ) : null;
}
