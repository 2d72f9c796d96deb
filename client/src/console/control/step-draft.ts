import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Schedule } from '../setup/schedule.ts';
import type { Change, SteeringKind } from './change.ts';
import { movedTimes } from './moved-times.ts';
import { isFinal } from './possible.ts';

const unitsMax = 10_000_000;

/** What stands in the fields of a step; each step has some of them. */
export interface StepDraft {
  reason: string;
  units: string;
  orderId: string;
  schedule: Schedule;
}

/** Null while something is missing or wrong. */
export function changeOf(
  kind: SteeringKind,
  draft: StepDraft,
  sale: Sale | null,
  nowMs: number,
): Change | null {
  const { reason } = draft;
  const orderId = draft.orderId.trim();
  switch (kind) {
    case 'open':
    case 'resume':
      return { kind };
    case 'pause':
    case 'end':
      return { kind, reason };
    case 'restock': {
      const quantity = /^\d+$/.test(draft.units.trim()) ? Number(draft.units) : 0;
      return quantity >= 1 && quantity <= unitsMax ? { kind, quantity } : null;
    }
    case 'cancel':
      return orderId === '' ? null : { kind, orderId, reason };
    case 'move': {
      const moved = sale === null ? null : movedTimes(sale, draft.schedule, nowMs);
      return moved === null ? null : { kind, ...moved };
    }
  }
}

/** What nobody types by mistake: the product that is ended, the customer and number of the order. Null where nothing is final. */
export function wordToType(
  kind: SteeringKind,
  draft: Pick<StepDraft, 'orderId'>,
  sale: Sale | null,
): string | null {
  if (!isFinal(kind)) return null;
  if (kind !== 'cancel') return sale?.product.name ?? null;
  const ofCustomer = draft.orderId.trim().split(':').slice(1).join(':');
  return ofCustomer === '' ? null : ofCustomer;
}
