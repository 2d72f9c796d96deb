import { derivePhase, type Phase, startsAtMs } from './derive-phase.ts';
import { deriveState, type PageState } from './derive-state.ts';
import { secondsToEnd } from './end-time.ts';
import { type Model, serverMsAt } from './model.ts';
import { chosenGone } from './variants.ts';
import { staleness } from './view.ts';

/** What has been announced so far. */
export interface Heard {
  state: PageState;
  phase: Phase | null;
  secondsLeft: number;
  stockPercent: number;
  /** Null: the sale does not end by itself, or not on this day. */
  secondsToEnd: number | null;
  /** The shop is not sure of its count. */
  tillChecked: boolean;
  /** `sku` of the chosen variant, while it is sold out. */
  variantGone: string | undefined;
}

export type CountdownMark = 600 | 300 | 60 | 10;
export type EndMark = 300 | 60;
export type StockMark = 50 | 25 | 10;

export type Announcement =
  | {
      assertive: boolean;
      say: 'state' | 'till_checked' | 'variant_gone' | 'open' | 'connected_again' | 'buy_again';
    }
  | { assertive: false; say: 'opens_in'; mark: CountdownMark }
  | { assertive: false; say: 'ends_in'; mark: EndMark }
  | { assertive: false; say: 'stock'; mark: StockMark };

const countdownMarks = [10, 60, 300, 600] as const;
/** A countdown that was moved, or a page that slept, may skip a mark: the announced time must be true. */
const markPassedSecondsMax = 5;
const endMarks = [60, 300] as const;
const stockMarks = [10, 25, 50] as const;

const spokenPolitely: ReadonlySet<PageState> = new Set([
  'claiming',
  'unknown',
  'claimed',
  'confirmed',
  'lost',
  'sold_out',
  'already_purchased',
  'rate_limited',
  'too_early',
  'reconnecting',
  'unavailable',
]);
const spokenAtOnce: ReadonlySet<PageState> = new Set([
  'offline',
  'paused',
  'ended',
  'revoked',
  'cancelled',
  'blocked',
]);

export function hearableOf(model: Model, now: number): Heard {
  const { sale } = model;
  const serverMs = serverMsAt(model, now);
  return {
    state: deriveState(model, now),
    phase: sale === null ? null : derivePhase(sale, serverMs),
    secondsLeft: sale === null ? 0 : Math.ceil((startsAtMs(sale) - serverMs) / 1000),
    stockPercent: sale === null ? 100 : (100 * sale.remaining) / sale.quantity,
    secondsToEnd: secondsLeft(model, now),
    tillChecked: staleness(model, now) === 'unavailable',
    variantGone: chosenGone(model)?.sku,
  };
}

/** The announcement for a change, if any: a count that falls for minutes is announced four times, not a thousand times. */
export function announcementFor(before: Heard, after: Heard): Announcement | null {
  if (before.state === 'loading') {
    return null;
  }
  if (before.state !== after.state) {
    return announcementOfState(before, after);
  }
  if (after.tillChecked && !before.tillChecked) {
    return { assertive: false, say: 'till_checked' };
  }
  if (after.phase === 'countdown') {
    const mark = passed(countdownMarks, before.secondsLeft, after.secondsLeft);
    return mark === undefined ? null : { assertive: false, say: 'opens_in', mark };
  }
  if (after.state === 'live') {
    if (after.variantGone !== undefined && before.variantGone !== after.variantGone) {
      return { assertive: false, say: 'variant_gone' };
    }
    if (before.variantGone !== undefined && after.variantGone === undefined) {
      return { assertive: false, say: 'buy_again' };
    }
    const end = passed(endMarks, before.secondsToEnd ?? 0, after.secondsToEnd ?? 0);
    if (end !== undefined) {
      return { assertive: false, say: 'ends_in', mark: end };
    }
    const mark = stockMarks.find((at) => before.stockPercent > at && after.stockPercent <= at);
    return mark === undefined ? null : { assertive: false, say: 'stock', mark };
  }
  return null;
}

/** The mark that the time left has just gone past. */
function passed<Mark extends number>(
  marks: readonly Mark[],
  before: number,
  after: number,
): Mark | undefined {
  return marks.find((at) => before > at && after <= at && after > at - markPassedSecondsMax);
}

function secondsLeft(model: Model, now: number): number | null {
  const serverMs = serverMsAt(model, now);
  const phase = model.sale === null ? null : derivePhase(model.sale, serverMs);
  const seconds = secondsToEnd({ model, phase, serverMs });
  return seconds === 'later' ? null : seconds;
}

function announcementOfState(before: Heard, after: Heard): Announcement | null {
  if (after.state === 'live') {
    switch (before.state) {
      case 'reconnecting':
      case 'offline':
        return before.phase === 'live'
          ? { assertive: false, say: 'connected_again' }
          : { assertive: true, say: 'open' };
      case 'rate_limited':
      case 'unavailable':
        return { assertive: false, say: 'buy_again' };
      case 'signed_out':
        return null;
      default:
        return { assertive: true, say: 'open' };
    }
  }
  if (spokenAtOnce.has(after.state)) {
    return { assertive: true, say: 'state' };
  }
  return spokenPolitely.has(after.state) ? { assertive: false, say: 'state' } : null;
}
