/** 0.4 ms, 12 ms, 1.3 sec, 4 min: as exact as it matters for a length of time. */
export function shortTime(locales: readonly string[], ms: number): string {
  const [value, unit, digits] =
    ms < 10
      ? [ms, 'millisecond', 1]
      : ms < 1_000
        ? [ms, 'millisecond', 0]
        : ms < 120_000
          ? [ms / 1_000, 'second', 1]
          : [ms / 60_000, 'minute', 0];
  const format = new Intl.NumberFormat([...locales], {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  });
  return format.format(value);
}
