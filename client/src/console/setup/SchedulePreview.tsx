import { useMemo } from 'react';
import { useLanguage } from '../../text/language.ts';
import { useConsoleFormats } from '../console-formats.ts';
import { useConsoleTexts } from '../text/console-texts.ts';
import { shiftsUntil } from './zoned-time.ts';
import { ownZone } from './zones.ts';

/** The same moments on the clocks of the sale's zone, of the operator and in UTC, and what daylight saving does before. */
export function SchedulePreview(props: {
  startsMs: number | null;
  endsMs: number | null;
  /** Null: no time zone has been chosen for the sale. */
  zone: string | null;
  nowMs: number;
}) {
  const words = useConsoleTexts().preview;
  const formats = useConsoleFormats();
  const { formats: durations } = useLanguage();
  const { startsMs, endsMs, zone, nowMs } = props;
  const minuteMs = Math.floor(nowMs / 60_000) * 60_000;
  const shifts = useMemo(
    () => (startsMs === null || zone === null ? [] : shiftsUntil(minuteMs, startsMs, zone)),
    [startsMs, minuteMs, zone],
  );
  if (startsMs === null) return <p className="text-sm text-muted">{words.incomplete}</p>;
  const own = ownZone();
  const rows: [string, string][] = [
    ...(zone === null ? [] : [[words.sale, formats.spelledOut(startsMs, zone)] as [string, string]]),
    ...(own === zone ? [] : [[words.yours, formats.spelledOut(startsMs, own)] as [string, string]]),
    ...([zone, own].includes('UTC')
      ? []
      : [[words.utc, formats.spelledOut(startsMs, 'UTC')] as [string, string]]),
    ...(startsMs > nowMs ? [[words.from, durations.duration(startsMs - nowMs)] as [string, string]] : []),
    ...(endsMs !== null && endsMs > startsMs
      ? [[words.lasts, durations.duration(endsMs - startsMs)] as [string, string]]
      : []),
  ];
  return (
    <div data-testid="preview">
      <dl className="grid gap-x-6 gap-y-2 text-sm">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt className="text-muted">{name}</dt>
            <dd className="font-medium text-pretty tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {zone !== null &&
        shifts.map((shift) => (
          <p key={shift.atMs} className="mt-3 rounded-xl bg-track px-3 py-2 text-sm text-pretty">
            {(shift.minutes > 0 ? words.forward : words.backward)(
              formats.dayIn(shift.atMs, zone),
              zone,
              durations.duration(Math.abs(shift.minutes) * 60_000),
            )}
          </p>
        ))}
    </div>
  );
}
