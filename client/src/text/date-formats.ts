export interface DateFormats {
  /** To the millisecond, for two moments that are compared. */
  exactTime(ms: number): string;
  /** To the second. */
  secondTime(ms: number): string;
  /** Like these two, with the day if it is not today: for pages that stay open, and for earlier events. */
  exactMoment(ms: number): string;
  secondMoment(ms: number): string;
  /** This and those below with the year where it is not this one. */
  dayAndTime(ms: number, timeZone?: string): string;
  /** For lists: without the day of the week, to the second. */
  dayAndSecond(ms: number): string;
  /** In full, joined as the language joins a date and a time. */
  fullDateAndTime(ms: number): string;
  dayTimeAndZone(ms: number): string;
  timeAndZone(ms: number): string;
  /** Day and time in UTC, beside a time in the visitor's zone; null where that zone is UTC. */
  besideInUtc(ms: number): string | null;
}

const utcNames = /^(Etc\/)?(UTC|UCT|Universal|Zulu)$/;

type Options = Intl.DateTimeFormatOptions;

/** `year`: `always` for people who look at several years at once. */
export function createDateFormats(
  list: string[],
  timeZone?: string,
  year: 'always' | 'other' = 'other',
): DateFormats {
  const inZone = timeZone === undefined ? {} : { timeZone };
  const time = { hour: hourOf(list), minute: '2-digit' } as const;
  const seconds = { ...time, second: '2-digit' } as const;
  const day = { weekday: 'short', day: 'numeric', month: 'short', ...time } as const;
  const exact = { ...seconds, fractionalSecondDigits: 3 } as const;
  const shortDay = { day: 'numeric', month: 'short' } as const;
  const dayAndSecond = yearly({ ...shortDay, ...seconds });
  const dayAndExact = yearly({ ...shortDay, ...exact });
  const zone = { timeZoneName: 'short' } as const;
  const exactTime = formatOf(exact);
  const secondTime = formatOf(seconds);
  const fullDateAndTime = yearly({ weekday: 'long', day: 'numeric', month: 'long', ...time });
  const zoned = formatOf({ ...time, ...zone });
  const dayTimeAndZone = yearly({ ...day, ...zone });
  const isUtc = utcNames.test(new Intl.DateTimeFormat('en', inZone).resolvedOptions().timeZone);
  const inUtc = yearly({ ...day, timeZone: 'UTC' });
  return {
    exactTime,
    secondTime,
    exactMoment: (ms) => (isToday(ms) ? exactTime : dayAndExact)(ms),
    secondMoment: (ms) => (isToday(ms) ? secondTime : dayAndSecond)(ms),
    dayAndTime: (ms, zone) => yearly(zone === undefined ? day : { ...day, timeZone: zone })(ms),
    dayAndSecond,
    fullDateAndTime,
    timeAndZone: zoned,
    dayTimeAndZone,
    besideInUtc: (ms) => (isUtc ? null : inUtc(ms)),
  };

  function formatOf(options: Options): (ms: number) => string {
    const format = new Intl.DateTimeFormat(list, { ...inZone, ...options });
    return (ms) => joined(format.formatToParts(ms));
  }

  function yearly(options: Options): (ms: number) => string {
    const thisYear = formatOf(options);
    const otherYear = formatOf({ ...options, year: 'numeric' });
    const yearOf = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: options.timeZone });
    // As read in the zone that it is written in: around New Year another zone may be in another year.
    return (ms) =>
      year === 'other' && yearOf.format(ms) === String(new Date().getFullYear())
        ? thisYear(ms)
        : otherYear(ms);
  }
}

/** 05:01 where the day has 24 hours; with a 12-hour clock, 05:01 AM is unusual. */
function hourOf(list: string[]): 'numeric' | '2-digit' {
  return new Intl.DateTimeFormat(list, { hour: 'numeric' }).resolvedOptions().hour12 === true
    ? 'numeric'
    : '2-digit';
}

const kept: readonly (readonly [string, string])[] = [
  ['day', 'month'],
  ['month', 'day'],
  ['minute', 'dayPeriod'],
  ['second', 'dayPeriod'],
  ['fractionalSecond', 'dayPeriod'],
];

/** A line never ends between a day and its month, or between a time and the half of the day that it is in. */
function joined(parts: Intl.DateTimeFormatPart[]): string {
  return parts
    .map(({ type, value }, index) => {
      const [before, after] = [parts[index - 1]?.type, parts[index + 1]?.type];
      const stays =
        type === 'literal' && kept.some(([first, second]) => first === before && second === after);
      return stays ? value.replace(/ /g, '\u00a0') : value;
    })
    .join('');
}

function isToday(ms: number): boolean {
  return new Date(ms).toDateString() === new Date().toDateString();
}
