import { Temporal } from 'temporal-polyfill';

/**
 * The first moment of the next Sunday in `timeZone`, strictly after `nowMs`: called on a Sunday it means the Sunday a week later.
 * Where daylight saving removes midnight, it is the first moment that the day has.
 */
export function upcomingSunday(nowMs: number, timeZone: string): number {
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
  const sunday = today.add({ days: 7 - (today.dayOfWeek % 7) });
  return sunday.toZonedDateTime(timeZone).startOfDay().epochMilliseconds;
}

/** `undefined` → the upcoming Sunday, `'now'` → now, else an ISO instant with a zone. */
export function openingInstant(asked: string | undefined, nowMs: number, timeZone: string): number {
  if (asked === undefined) return upcomingSunday(nowMs, timeZone);
  return asked === 'now' ? nowMs : Date.parse(asked);
}

export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
