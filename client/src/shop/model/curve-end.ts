import { serverMsAt } from './model.ts';
import type { View } from './view.ts';

/**
 * The moment up to which the count is known, in whole seconds, so that a curve is redrawn once a second; null if nothing changes
 * any more and the last change is the end.
 */
export function curveEndMs(view: View): number | null {
  const { model, now, phase, stale, frozen } = view;
  if (frozen !== null) {
    return frozen.atServerMs;
  }
  if (phase !== 'live' || (stale !== null && model.freshAt === null)) {
    return null;
  }
  const at = stale === null ? now : (model.freshAt ?? now);
  return Math.ceil(serverMsAt(model, at) / 1000) * 1000;
}
