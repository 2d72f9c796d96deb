import type { PresalePlan } from '../control/change.ts';
import { wholeNumber } from '../setup/whole-number.ts';

/** Who may buy: everyone, or for some minutes or all the time only customers with an access code. */
export const presaleKinds = ['none', 'minutes', 'end'] as const;
export interface PresaleDraft {
  kind: (typeof presaleKinds)[number];
  minutes: string;
}

export const noPresale: PresaleDraft = { kind: 'none', minutes: '60' };
const minuteMs = 60_000;
/** A year. */
const minutesMax = 525_600;

/** Undefined: no presale; null: the minutes cannot be read. */
export function readPresale(
  { kind, minutes }: PresaleDraft,
  startsMs: number | null,
  locales: readonly string[],
): PresalePlan | null | undefined {
  if (kind === 'none') return undefined;
  if (kind === 'end') return { codesUntil: null };
  const read = wholeNumber(minutes, [1, minutesMax], locales);
  return read === null || startsMs === null
    ? null
    : { codesUntil: new Date(startsMs + read * minuteMs).toISOString() };
}

export function presaleDraftOf(presale: PresalePlan | undefined, startsAt: string): PresaleDraft {
  if (presale === undefined) return noPresale;
  if (presale.codesUntil === null) return { ...noPresale, kind: 'end' };
  const minutes = (Date.parse(presale.codesUntil) - Date.parse(startsAt)) / minuteMs;
  return { kind: 'minutes', minutes: String(Math.max(1, Math.ceil(minutes))) };
}
