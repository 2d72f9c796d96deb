const secondMs = 1000;

export interface Countdown {
  days: number;
  /** `HH:MM:SS`, or `MM:SS` in the last hour. */
  digits: string;
  /** ISO 8601 duration, for `<time>`. */
  iso: string;
}

/**
 * What is left, in whole seconds rounded up: it shows 00:01 during the last second, and 00:00 at the opening and not before.
 */
export function countdownTo(msLeft: number): Countdown {
  const total = Math.max(0, Math.ceil(msLeft / secondMs));
  const days = Math.floor(total / 86_400);
  const hours = Math.floor((total % 86_400) / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const seconds = total % 60;
  const parts = days > 0 || hours > 0 ? [hours, minutes, seconds] : [minutes, seconds];
  return {
    days,
    digits: parts.map((part) => String(part).padStart(2, '0')).join(':'),
    iso: `P${days}DT${hours}H${minutes}M${seconds}S`,
  };
}
