import type { View } from './view.ts';

const dayS = 24 * 60 * 60;

/** Whole seconds until a sale that has opened ends by itself; `later` before the opening and more than a day before the end; null: it does not, or is over. */
export function secondsToEnd({
  model,
  phase,
  serverMs,
}: Pick<View, 'model' | 'phase' | 'serverMs'>): number | 'later' | null {
  const endsAt = model.sale?.endsAt ?? null;
  if (endsAt === null || phase === null || phase === 'ended') {
    return null;
  }
  const seconds = Math.ceil((Date.parse(endsAt) - serverMs) / 1000);
  if (seconds <= 0) {
    return null;
  }
  return phase === 'scheduled' || phase === 'countdown' || seconds > dayS ? 'later' : seconds;
}
