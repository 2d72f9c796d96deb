import type { SaleStatus } from './schemas.ts';

/*
 * What an operator may do to the sale on the page, and when. This is the only table: the shop refuses every other step, and the console offers only these.
 */

/** `by` in the log, for what the shop did at a planned time. */
export const automatically = 'automatically';

/** The phase of a sale. `blocked`: paused before its opening. `called_off`: ended before its opening. */
export type SalePhase = 'scheduled' | 'blocked' | 'live' | 'paused' | 'sold_out' | 'called_off' | 'ended';

/** `opening`, `ending`: another time for either. `describing`: another name, description or other images. Replacing a sale by a new one is possible in every phase, and is no step of the table. */
export type SaleStep = 'pause' | 'resume' | 'end' | 'restock' | 'opening' | 'ending' | 'describing';

const whileItGoesOn = ['pause', 'resume', 'end', 'restock', 'opening', 'ending'] as const;

/** A product that customers have bought no longer changes. */
const beforeTheOpening = [...whileItGoesOn, 'describing'] as const;

const table: Record<SalePhase, readonly SaleStep[]> = {
  scheduled: beforeTheOpening,
  blocked: beforeTheOpening,
  live: whileItGoesOn,
  paused: whileItGoesOn,
  sold_out: whileItGoesOn,
  // No shopper could buy yet: it can be given another window, and is scheduled again.
  called_off: ['opening', 'ending', 'describing'],
  // Its orders are counted and sealed.
  ended: [],
};

export function isAllowed(phase: SalePhase, step: SaleStep): boolean {
  return table[phase].includes(step);
}

/** Times are ms since 1970. */
export interface SaleWindow {
  startsAt: number;
  endsAt: number | null;
}

export function phaseOf({ startsAt, endsAt }: SaleWindow, status: SaleStatus, nowMs: number): SalePhase {
  if (status === 'ended') return endsAt !== null && endsAt <= startsAt ? 'called_off' : 'ended';
  if (status === 'paused') return nowMs < startsAt ? 'blocked' : 'paused';
  return status;
}

/** Clocks differ and a request takes time, so an opening that was "now" in the request is still accepted. */
const openingLateMsMax = 60_000;

export type WindowFault = 'opening_past' | 'opened_already' | 'end_before_opening' | 'end_past';

/** The fault in the window of a new sale, or null. */
export function faultOfNewWindow({ startsAt, endsAt }: SaleWindow, nowMs: number): WindowFault | null {
  if (startsAt < nowMs - openingLateMsMax) return 'opening_past';
  return faultOfEnd({ startsAt, endsAt }, nowMs);
}

/**
 * The fault in another window for a sale, or null. A new window changes only the future: when a sale opened, and what it sold until
 * now, does not change.
 */
export function faultOfMovedWindow(before: SaleWindow, after: SaleWindow, phase: SalePhase, nowMs: number) {
  const hasOpened = phase === 'live' || phase === 'paused' || phase === 'sold_out';
  if (!hasOpened) return faultOfNewWindow(after, nowMs);
  if (after.startsAt !== before.startsAt && after.startsAt <= nowMs) return 'opened_already';
  return faultOfEnd(after, nowMs);
}

function faultOfEnd({ startsAt, endsAt }: SaleWindow, nowMs: number): WindowFault | null {
  if (endsAt === null) return null;
  if (endsAt <= startsAt) return 'end_before_opening';
  return endsAt <= nowMs ? 'end_past' : null;
}
