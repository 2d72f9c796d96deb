import { useMemo } from 'react';
import { useLanguage } from '../text/language.ts';

export interface ConsoleFormats {
  /** In full, in that zone, with the zone's name spelled out and its distance from UTC. */
  spelledOut(ms: number, timeZone: string): string;
  dayIn(ms: number, timeZone: string): string;
  dayAndSecond(ms: number): string;
  /** "3 days, 4 hours": the two largest units. */
  span(ms: number, display?: 'narrow' | 'long'): string;
  /** A latency: two digits that matter. */
  milliseconds(ms: number): string;
  seconds(seconds: number): string;
  minutes(count: number): string;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

export function createConsoleFormats(locales: readonly string[]): ConsoleFormats {
  const list = [...locales];
  const unit = (name: string, digits: number, display: 'narrow' | 'long' = 'narrow') =>
    new Intl.NumberFormat(list, {
      style: 'unit',
      unit: name,
      unitDisplay: display,
      maximumSignificantDigits: digits,
    });
  const millisecond = unit('millisecond', 2);
  const second = unit('second', 3);
  const join = new Intl.ListFormat(list, { type: 'unit', style: 'narrow' });
  const seconds = new Intl.DateTimeFormat(list, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return {
    spelledOut(ms, timeZone) {
      const date = { dateStyle: 'full', timeStyle: 'short', timeZone } as const;
      const zone = (timeZoneName: 'long' | 'longOffset') =>
        new Intl.DateTimeFormat(list, { timeZone, timeZoneName })
          .formatToParts(ms)
          .find(({ type }) => type === 'timeZoneName')?.value ?? '';
      // Of UTC there is no more to say than its name.
      const names = timeZone === 'UTC' ? [zone('long')] : [...new Set([zone('long'), zone('longOffset')])];
      return `${new Intl.DateTimeFormat(list, date).format(ms)} · ${names.join(', ')}`;
    },
    dayIn: (ms, timeZone) => new Intl.DateTimeFormat(list, { dateStyle: 'long', timeZone }).format(ms),
    dayAndSecond: (ms) => seconds.format(ms),
    span(ms, display = 'long') {
      const first = units.findIndex(([, length]) => ms >= length);
      if (first === -1) return unit('second', 3, display).format(Math.max(0, Math.round(ms / 1000)));
      let rest = ms;
      const parts = units.slice(first, first + 2).flatMap(([name, length]) => {
        const count = Math.floor(rest / length);
        rest -= count * length;
        return count === 0 ? [] : [unit(name, 21, display).format(count)];
      });
      return join.format(parts);
    },
    milliseconds: (ms) => (ms >= 1000 ? second.format(ms / 1000) : millisecond.format(ms)),
    seconds: (value) => second.format(value),
    minutes: (count) =>
      count % 60 === 0 ? unit('hour', 3, 'long').format(count / 60) : unit('minute', 3, 'long').format(count),
  };
}

export function useConsoleFormats(): ConsoleFormats {
  const { formats } = useLanguage();
  return useMemo(() => createConsoleFormats(formats.locales), [formats.locales]);
}
