const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const daysLookedAhead = 400;

export interface ClockShift {
  /** The first moment of the new time. */
  atMs: number;
  /** Positive where the clocks go forward. */
  minutes: number;
}

/** The zone's clock minus UTC at that moment, in minutes. */
export function offsetMinutes(ms: number, timeZone: string): number {
  const whole = Math.floor(ms / minuteMs) * minuteMs;
  return (Date.parse(`${localTime(whole, timeZone)}:00Z`) - whole) / minuteMs;
}

/** `2026-10-25T02:30`, as a clock on a wall of that zone shows it and as a field for a time takes it. */
export function localTime(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(ms);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** Not what else the language takes for a date. */
export function isLocalTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}:00Z`));
}

/**
 * The moments at which a clock of that zone shows this time: one; none where the clocks go forward past it; two, the earlier one
 * first, where they go back over it.
 */
export function momentsOf(local: string, timeZone: string): number[] {
  if (!isLocalTime(local)) return [];
  const asUtc = Date.parse(`${local}:00Z`);
  // No zone is further than 14 hours from UTC, and none shifts twice within two days.
  const offsets = new Set([asUtc - dayMs, asUtc + dayMs].map((ms) => offsetMinutes(ms, timeZone)));
  return [...offsets]
    .map((minutes) => asUtc - minutes * minuteMs)
    .filter((ms) => localTime(ms, timeZone) === local)
    .sort((a, b) => a - b);
}

/** The changes of the zone's clocks after `fromMs` and up to `toMs`, within about a year. */
export function shiftsUntil(fromMs: number, toMs: number, timeZone: string): ClockShift[] {
  const shifts: ClockShift[] = [];
  const end = Math.min(toMs, fromMs + daysLookedAhead * dayMs);
  for (let before = fromMs; before < end; before += dayMs) {
    const after = Math.min(before + dayMs, end);
    if (offsetMinutes(before, timeZone) !== offsetMinutes(after, timeZone)) {
      shifts.push(shiftBetween(before, after, timeZone));
    }
  }
  return shifts;
}

function shiftBetween(fromMs: number, toMs: number, timeZone: string): ClockShift {
  const old = offsetMinutes(fromMs, timeZone);
  let before = Math.floor(fromMs / minuteMs);
  let after = Math.ceil(toMs / minuteMs);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMinutes(middle * minuteMs, timeZone) === old) before = middle;
    else after = middle;
  }
  const atMs = after * minuteMs;
  return { atMs, minutes: offsetMinutes(atMs, timeZone) - old };
}
