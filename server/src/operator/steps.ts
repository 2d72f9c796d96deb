import {
  faultOfMovedWindow,
  faultOfNewWindow,
  isAllowed,
  phaseOf,
  type SaleStep,
  type SaleWindow,
  type WindowFault,
} from '@flipzon/protocol/sale-phases.ts';
import { type SaleTerms, saleStatus } from '../sale/sale.ts';

interface Refused {
  code: 'conflict' | 'invalid_request';
  message: string;
}

const faults: Record<WindowFault, string> = {
  opening_past: 'startsAt is in the past. Give a later time, or "now".',
  opened_already: 'The sale has opened. Its opening can only be moved to a later time.',
  end_before_opening: 'endsAt must be later than startsAt.',
  end_past: 'endsAt is in the past. Give a later time, or end the sale.',
};

/** By the table of protocol/sale-phases.ts; null: the step may be taken. */
export function refusedStep(terms: SaleTerms, steps: readonly SaleStep[], nowMs: number): Refused | null {
  const phase = phaseNow(terms, nowMs);
  if (steps.every((step) => isAllowed(phase, step))) return null;
  if (isAllowed(phase, 'ending') && steps.includes('describing'))
    return { code: 'conflict', message: 'The sale has opened, so what it offers can no longer be changed.' };
  const message =
    phase === 'called_off'
      ? 'The sale was called off before it opened. Change its opening or end first.'
      : 'The sale is over. Start a new one.';
  return { code: 'conflict', message };
}

export function refusedNewWindow(window: SaleWindow, nowMs: number): Refused | null {
  return refusal(faultOfNewWindow(window, nowMs));
}

export function refusedMove(before: SaleTerms, after: SaleWindow, nowMs: number): Refused | null {
  return refusal(faultOfMovedWindow(before, after, phaseNow(before, nowMs), nowMs));
}

function refusal(fault: WindowFault | null): Refused | null {
  return fault === null ? null : { code: 'invalid_request', message: faults[fault] };
}

/** Over before it opened: nothing was ever on sale. */
export function isCalledOff(terms: SaleTerms, nowMs: number): boolean {
  return phaseNow(terms, nowMs) === 'called_off';
}

/** A sale that is live and one that is sold out allow the same, so the stock need not be known. */
function phaseNow(terms: SaleTerms, nowMs: number) {
  return phaseOf(terms, saleStatus(terms, 1, nowMs), nowMs);
}
