export interface DateFormats {
  /** To the millisecond, for two moments that are compared. */
  exactTime(ms: number): string;
  /** To the second. */
  secondTime(ms: number): string;
  dayAndTime(ms: number, timeZone?: string): string;
  /** In full, joined as the language joins a date and a time; with the year where it is not this one. */
  fullDateAndTime(ms: number): string;
  timeAndZone(ms: number): string;
  dayTimeAndZone(ms: number): string;
}

export function createDateFormats(list: string[]): DateFormats {
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const seconds = { ...time, second: '2-digit' } as const;
  const full = { weekday: 'long', day: 'numeric', month: 'long', ...time } as const;
  const day = { weekday: 'short', day: 'numeric', month: 'short', ...time } as const;
  const exact = new Intl.DateTimeFormat(list, { ...seconds, fractionalSecondDigits: 3 });
  const toTheSecond = new Intl.DateTimeFormat(list, seconds);
  const thisYear = new Intl.DateTimeFormat(list, full);
  const otherYear = new Intl.DateTimeFormat(list, { ...full, year: 'numeric' });
  const zoned = new Intl.DateTimeFormat(list, { ...time, timeZoneName: 'short' });
  const dayZoned = new Intl.DateTimeFormat(list, { ...day, timeZoneName: 'short' });
  return {
    exactTime: (ms) => exact.format(ms),
    secondTime: (ms) => toTheSecond.format(ms),
    dayAndTime: (ms, timeZone) =>
      new Intl.DateTimeFormat(list, timeZone === undefined ? day : { ...day, timeZone }).format(ms),
    fullDateAndTime: (ms) => (isThisYear(ms) ? thisYear : otherYear).format(ms),
    timeAndZone: (ms) => zoned.format(ms),
    dayTimeAndZone: (ms) => dayZoned.format(ms),
  };
}

function isThisYear(ms: number): boolean {
  return new Date(ms).getFullYear() === new Date().getFullYear();
}
