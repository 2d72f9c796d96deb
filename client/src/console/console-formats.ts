import { useMemo } from 'react';
import { useLanguage } from '../text/language.ts';

export interface ConsoleFormats {
  /** In full, in that zone, with the zone's name spelled out and its distance from UTC. */
  spelledOut(ms: number, timeZone: string): string;
  dayIn(ms: number, timeZone: string): string;
}

export function createConsoleFormats(locales: readonly string[]): ConsoleFormats {
  const list = [...locales];
  return {
    spelledOut(ms, timeZone) {
      const date = { dateStyle: 'full', timeStyle: 'short', timeZone } as const;
      const zone = (timeZoneName: 'long' | 'longOffset') =>
        new Intl.DateTimeFormat(list, { timeZone, timeZoneName })
          .formatToParts(ms)
          .find(({ type }) => type === 'timeZoneName')?.value ?? '';
      // UTC needs only its name.
      const names = timeZone === 'UTC' ? [zone('long')] : [...new Set([zone('long'), zone('longOffset')])];
      return `${new Intl.DateTimeFormat(list, date).format(ms)} · ${names.join(', ')}`;
    },
    dayIn: (ms, timeZone) => new Intl.DateTimeFormat(list, { dateStyle: 'long', timeZone }).format(ms),
  };
}

export function useConsoleFormats(): ConsoleFormats {
  const { formats } = useLanguage();
  return useMemo(() => createConsoleFormats(formats.locales), [formats.locales]);
}
