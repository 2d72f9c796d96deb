export type DurationDisplay = 'long' | 'short' | 'narrow';

const units = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1000 },
] as const;

type Unit = (typeof units)[number]['unit'] | 'millisecond';

export interface Durations {
  /** Rounded to the nearest: 0.4 milliseconds, 146 milliseconds, 1.9 seconds; from a minute on the two largest units, as 2 minutes 13 seconds. */
  duration(ms: number, display?: DurationDisplay): string;
  /** Short and in whole seconds, for ages that grow while they are shown. */
  age(ms: number): string;
}

/** How every page says how long something took or will take, so that one duration reads the same wherever it stands. */
export function createDurations(list: string[]): Durations {
  const join = new Intl.ListFormat(list, { type: 'unit', style: 'narrow' });
  const say = (parts: [number, Unit][], unitDisplay: DurationDisplay) =>
    join.format(
      parts.map(([value, unit]) =>
        new Intl.NumberFormat(list, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 }).format(
          value,
        ),
      ),
    );
  return {
    duration: (ms, display = 'long') => say(partsOf(Math.max(0, ms)), display),
    age(ms) {
      const seconds = Math.max(0, Math.round(ms / 1000));
      return say(seconds < 60 ? [[seconds, 'second']] : twoLargestOf(seconds * 1000), 'short');
    },
  };
}

function partsOf(ms: number): [number, Unit][] {
  if (ms < 9.95) return [[ms, 'millisecond']];
  if (ms < 999.5) return [[Math.round(ms), 'millisecond']];
  if (ms < 59_950) return [[ms / 1000, 'second']];
  return twoLargestOf(ms);
}

/** Rounded to the smaller unit first: what is rounded up to 60 minutes is an hour. */
function twoLargestOf(ms: number): [number, Unit][] {
  for (const [index, larger] of units.entries()) {
    const smaller = units[index + 1] ?? larger;
    const rounded = Math.round(ms / smaller.ms) * smaller.ms;
    if (rounded >= larger.ms) {
      const parts: [number, Unit][] = [
        [Math.floor(rounded / larger.ms), larger.unit],
        [(rounded % larger.ms) / smaller.ms, smaller.unit],
      ];
      return parts.filter(([value]) => value > 0);
    }
  }
  return [[Math.round(ms / 1000), 'second']];
}
