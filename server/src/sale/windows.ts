/** When a sale sold by one of its revisions. Times are ms since 1970. */
export interface WindowInForce {
  /** When the revision was made; it is in force until the next one is. */
  from: number;
  startsAt: number;
  endsAt: number | null;
  paused: boolean;
}

/** A revision is written first and reaches Redis then; where a node dies in between, another one brings it there. */
export const inForceLateMsMax = 10_000;
/** A node knows Redis's clock to within some milliseconds. */
const clockOffMsMax = 1_000;

/** By the windows, oldest first: whether a claim could be made at that moment. */
export function isWithinWindows(claimedAt: number, windows: readonly WindowInForce[]): boolean {
  return windows.some(({ from, startsAt, endsAt, paused }, index) => {
    // The first one is as old as the sale.
    const since = index === 0 ? Number.NEGATIVE_INFINITY : from - clockOffMsMax;
    const until = (windows[index + 1]?.from ?? Number.POSITIVE_INFINITY) + inForceLateMsMax;
    if (paused || claimedAt < since || claimedAt > until) return false;
    return claimedAt >= startsAt && (endsAt === null || claimedAt < endsAt);
  });
}
