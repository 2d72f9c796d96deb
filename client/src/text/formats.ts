import { type Money, moneyFormatter, type Total } from '@flipzon/protocol/money.ts';
import { createDateFormats, type DateFormats } from './date-formats.ts';
import { createDurations, type Durations } from './durations.ts';

export interface Formats extends DateFormats, Durations {
  /** For code that formats numbers itself. */
  locales: readonly string[];
  /** Digits 0 to 9, from left to right: what rolling digits can show. */
  rolls: boolean;
  number(value: number): string;
  /** One digit after the point. */
  rate(value: number): string;
  price(money: Money | Total): string;
  percent(share: number): string;
  /** `02:14:33` in the language's own digits. */
  clock(parts: readonly number[]): string;
}

/** In the visitor's language, and in the zone of the device unless another is named. */
export function createFormats(
  locales: readonly string[],
  direction: 'ltr' | 'rtl' = 'ltr',
  timeZone?: string,
): Formats {
  const list = [...locales];
  const number = new Intl.NumberFormat(list);
  const rate = new Intl.NumberFormat(list, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const price = moneyFormatter(list);
  const percent = new Intl.NumberFormat(list, { style: 'percent' });
  const twoDigits = new Intl.NumberFormat(list, { minimumIntegerDigits: 2, useGrouping: false });
  return {
    locales: list,
    rolls: number.resolvedOptions().numberingSystem === 'latn',
    number: (value) => number.format(value),
    rate: (value) => rate.format(value),
    price: (money) => (direction === 'rtl' ? isolated(price(money)) : price(money)),
    percent: (share) => percent.format(share),
    clock: (parts) => parts.map((part) => twoDigits.format(part)).join(':'),
    ...createDateFormats(list, timeZone),
    ...createDurations(list),
  };
}

/** "US$" beside a number takes its sign apart in text that runs from right to left, unless all of it runs the other way. */
function isolated(price: string): string {
  return `\u2066${price.replaceAll('\u200f', '')}\u2069`;
}
