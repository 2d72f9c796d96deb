import type { Sale } from '@flipzon/protocol/schemas.ts';
import { readSchedule, type Schedule } from '../setup/schedule.ts';

/** The times that change; null if the input is invalid or nothing changes. */
export function movedTimes(
  sale: Sale,
  schedule: Schedule,
  nowMs: number,
): { startsAt?: string; endsAt?: string | null } | null {
  const before = Date.parse(sale.startsAt);
  const { startsMs, endsMs, openFault, endFault } = readSchedule(
    schedule,
    nowMs,
    before <= nowMs ? before : null,
  );
  if (openFault !== null || endFault !== null || startsMs === null) return null;
  // The fields have minutes: a time with seconds stays unchanged unless it is edited.
  const sameStart = Math.floor(before / 60_000) === Math.floor(startsMs / 60_000);
  const endBefore = sale.endsAt === null ? null : Date.parse(sale.endsAt);
  const sameEnd =
    endsMs === null || endBefore === null
      ? endsMs === endBefore
      : Math.floor(endBefore / 60_000) === Math.floor(endsMs / 60_000);
  if (sameStart && sameEnd) return null;
  return {
    ...(sameStart ? {} : { startsAt: new Date(startsMs).toISOString() }),
    ...(sameEnd ? {} : { endsAt: endsMs === null ? null : new Date(endsMs).toISOString() }),
  };
}
