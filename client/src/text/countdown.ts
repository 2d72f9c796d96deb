const secondMs = 1000;

export interface Countdown {
  /** None up to 24 hours, which are still counted in hours. */
  days: number;
  /** Hours, minutes, seconds; without the hours in the last one. */
  parts: readonly number[];
  /** ISO 8601 duration, for `<time>`. */
  iso: string;
}

/**
 * What is left, in whole seconds rounded up: it shows 00:01 during the last second, and 00:00 at the opening and not before.
 */
export function countdownTo(msLeft: number): Countdown {
  const total = Math.max(0, Math.ceil(msLeft / secondMs));
  const days = total > 86_400 ? Math.floor(total / 86_400) : 0;
  const hours = Math.floor((total - days * 86_400) / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = total % 60;
  return {
    days,
    parts: days > 0 || hours > 0 ? [hours, minutes, seconds] : [minutes, seconds],
    iso: `P${days}DT${hours}H${minutes}M${seconds}S`,
  };
}
