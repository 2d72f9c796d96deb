import { isLocalTime, localTime, momentsOf } from './zoned-time.ts';

/** The fields: local times of the zone. */
export interface Schedule {
  zone: string;
  opens: string;
  /** Which of the two moments is meant, where the clocks go back over the time. */
  opensSecond: boolean;
  hasEnd: boolean;
  ends: string;
}

export type ScheduleFault = 'opensAt' | 'past' | 'gap' | 'endsAt' | 'endGap';

export interface ReadSchedule {
  startsMs: number | null;
  endsMs: number | null;
  /** The opening comes twice. */
  ambiguous: boolean;
  openFault: Exclude<ScheduleFault, 'endsAt' | 'endGap'> | null;
  endFault: 'endsAt' | 'endGap' | null;
}

/** `startsMs`: for a sale that opens at once, or has opened, instead of the field. */
export function readSchedule(
  schedule: Schedule,
  nowMs: number,
  startsMs: number | null = null,
): ReadSchedule {
  const { zone } = schedule;
  const moments = startsMs === null ? momentsOf(schedule.opens, zone) : [startsMs];
  const start = moments[schedule.opensSecond && moments.length > 1 ? 1 : 0] ?? null;
  const openFault = startsMs !== null ? null : faultOfOpening(schedule.opens, start, nowMs);
  // If the local time of the end occurs twice, the later one: the sale ends for no one too early.
  const end = schedule.hasEnd ? (momentsOf(schedule.ends, zone).at(-1) ?? null) : null;
  const endFault = schedule.hasEnd ? faultOfEnd(schedule.ends, end, start, nowMs) : null;
  return { startsMs: start, endsMs: end, ambiguous: moments.length > 1, openFault, endFault };
}

function faultOfOpening(text: string, start: number | null, nowMs: number): ReadSchedule['openFault'] {
  if (!isLocalTime(text)) return 'opensAt';
  if (start === null) return 'gap';
  return start <= nowMs ? 'past' : null;
}

function faultOfEnd(
  text: string,
  end: number | null,
  start: number | null,
  nowMs: number,
): ReadSchedule['endFault'] {
  if (!isLocalTime(text)) return 'endsAt';
  if (end === null) return 'endGap';
  return end <= Math.max(start ?? nowMs, nowMs) ? 'endsAt' : null;
}

/** An end that is later than the opening, to begin with. */
export function usualEnd(startsMs: number | null, { zone, opens }: Schedule): string {
  return startsMs === null ? opens : localTime(startsMs + 3_600_000, zone);
}

/** The fields for times that are known; an opening that is not comes tomorrow at noon. */
export function scheduleOf(
  zone: string,
  nowMs: number,
  startsMs: number | null,
  endsMs: number | null,
): Schedule {
  const tomorrow = `${localTime(nowMs + 86_400_000, zone).slice(0, 10)}T12:00`;
  const opens = startsMs === null ? tomorrow : localTime(startsMs, zone);
  return {
    zone,
    opens,
    opensSecond: startsMs !== null && momentsOf(opens, zone)[1] === startsMs,
    hasEnd: endsMs !== null,
    ends: endsMs === null ? '' : localTime(endsMs, zone),
  };
}
