/** Whole units of this currency is what the shop's prices are; the sale itself does not name one. */
const currency = 'USD';

export interface Formats {
  number(value: number): string;
  price(value: number): string;
  /** To the millisecond, for two moments that are compared. */
  exactTime(ms: number): string;
  dayAndTime(ms: number, timeZone?: string): string;
  weekdayAndDate(ms: number): string;
  time(ms: number): string;
  timeAndZone(ms: number): string;
  /** 3 s, 240 ms, 2 min: one unit, for a length of time that was measured. */
  duration(ms: number): string;
}

/** In the visitor's language and zone, whatever language the texts are in. */
export function createFormats(locales: readonly string[]): Formats {
  const list = [...locales];
  const number = new Intl.NumberFormat(list);
  const price = new Intl.NumberFormat(list, { style: 'currency', currency, maximumFractionDigits: 0 });
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  const exact = new Intl.DateTimeFormat(list, { ...time, second: '2-digit', fractionalSecondDigits: 3 });
  const date = new Intl.DateTimeFormat(list, { weekday: 'long', day: 'numeric', month: 'long' });
  const dateAndYear = new Intl.DateTimeFormat(list, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const plain = new Intl.DateTimeFormat(list, time);
  const zoned = new Intl.DateTimeFormat(list, { ...time, timeZoneName: 'short' });
  const day = { weekday: 'short', day: 'numeric', month: 'short', ...time } as const;
  return {
    number: (value) => number.format(value),
    price: (value) => price.format(value),
    exactTime: (ms) => exact.format(ms),
    dayAndTime: (ms, timeZone) =>
      new Intl.DateTimeFormat(list, timeZone === undefined ? day : { ...day, timeZone }).format(ms),
    weekdayAndDate: (ms) => (isThisYear(ms) ? date : dateAndYear).format(ms),
    time: (ms) => plain.format(ms),
    timeAndZone: (ms) => zoned.format(ms),
    duration: (ms) => formatDuration(list, ms),
  };
}

function isThisYear(ms: number): boolean {
  return new Date(ms).getFullYear() === new Date().getFullYear();
}

function formatDuration(locales: string[], ms: number): string {
  const [value, unit] =
    ms < 1000
      ? [Math.round(ms), 'millisecond']
      : ms < 120_000
        ? [Math.round(ms / 100) / 10, 'second']
        : [Math.round(ms / 60_000), 'minute'];
  return new Intl.NumberFormat(locales, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}
