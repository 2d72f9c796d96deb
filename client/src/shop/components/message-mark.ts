import type { Mark } from '../../ui/NoticeMark.tsx';
import type { PageState } from '../model/derive-state.ts';

const marks: Partial<Record<PageState, Mark>> = {
  lost: 'stop',
  revoked: 'stop',
  cancelled: 'stop',
  blocked: 'stop',
  offline: 'stop',
  paused: 'pause',
  rate_limited: 'clock',
  too_early: 'clock',
  unknown: 'wait',
  reconnecting: 'wait',
  unavailable: 'wait',
};

export function markOf(state: PageState): Mark | null {
  return marks[state] ?? null;
}
