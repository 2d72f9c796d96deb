import type { Sale } from '@flipzon/protocol/schemas.ts';
import { quantityMax } from '@flipzon/protocol/variants.ts';
import { type PresaleDraft, readPresale } from '../presale/presale-draft.ts';
import { type ProductDraft, productFaults, wantedOf } from '../product/product-draft.ts';
import { isName } from '../setup/plan.ts';
import type { Schedule } from '../setup/schedule.ts';
import { wholeNumber } from '../setup/whole-number.ts';
import type { Change, ChangeKind, SteeringKind } from './change.ts';
import { movedTimes } from './moved-times.ts';
import { isFinal } from './possible.ts';

/** The fields of the steps; each step has some of them. */
export interface StepDraft {
  reason: string;
  units: string;
  /** `sku` of the variant that gets the units. */
  variant: string;
  orderId: string;
  schedule: Schedule;
  presale: PresaleDraft;
  name: string;
  product: ProductDraft;
}

/** Null while something is missing or wrong. */
export function changeOf(
  kind: SteeringKind,
  draft: StepDraft,
  sale: Sale | null,
  nowMs: number,
  locales: readonly string[] = [],
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
      const quantity = wholeNumber(draft.units, [1, quantityMax], locales);
      if (quantity === null) return null;
      if (sale?.variants === undefined) return { kind, quantity };
      return draft.variant === '' ? null : { kind, quantity, variant: draft.variant };
    }
    case 'cancel':
      return orderId === '' ? null : { kind, orderId, reason };
    case 'edit': {
      const name = draft.name.trim();
      const isRight = isName(name) && productFaults(draft.product).length === 0;
      return isRight ? { kind, name, ...wantedOf(draft.product) } : null;
    }
    case 'presale': {
      if (sale === null) return null;
      const presale = readPresale(draft.presale, Date.parse(sale.startsAt), locales);
      return presale === null ? null : { kind, presale: presale ?? null };
    }
    case 'move': {
      const moved = sale === null ? null : movedTimes(sale, draft.schedule, nowMs);
      return moved === null ? null : { kind, ...moved };
    }
  }
}

/** The word of the operator's language that confirms a step; null where nothing is final. Names and ids are not typed: not every keyboard has them. */
export function wordToType(kind: ChangeKind, words: Record<'end' | 'cancel', string>): string | null {
  if (!isFinal(kind)) return null;
  return kind === 'cancel' ? words.cancel : words.end;
}

export function isTyped(typed: string, word: string | null): boolean {
  return word === null || typed.normalize('NFC').trim().toLocaleLowerCase() === word;
}
