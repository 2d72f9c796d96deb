import type { ReceiptKeys } from '../sale/ports.ts';
import { isSealed, seal } from '../shared/sealed-text.ts';

const purpose = 'presale-access';
/** It is valid in one sale only, so it may outlast every sale. */
const passMs = 400 * 24 * 3_600_000;

interface Holder {
  saleId: string;
  customerId: string;
  /** Of a code that is for one variant only. */
  variant?: string | undefined;
}

export interface Access {
  pass(holder: Holder, nowMs: number): string;
  /** Whether this pass lets that customer buy that variant in that sale. Needs no store. */
  isPass(text: string | undefined, holder: Holder, nowMs: number): boolean;
}

/** What a redeemed code gives: a MAC over sale, customer and variant, which every node verifies by itself. */
export function createAccess(keys: ReceiptKeys): Access {
  return {
    pass: (holder, nowMs) => seal(purpose, subjectOf(holder), nowMs + passMs, keys[0]),
    isPass(text, holder, nowMs) {
      if (text === undefined) return false;
      const is = (subject: string) => isSealed(purpose, subject, text, { keys, now: nowMs });
      return (
        is(subjectOf({ ...holder, variant: undefined })) ||
        (holder.variant !== undefined && is(subjectOf(holder)))
      );
    },
  };
}

/** A sale's id and a SKU have no line breaks, and a customer's id comes last. */
function subjectOf({ saleId, customerId, variant = '' }: Holder): string {
  return `${saleId}\n${variant}\n${customerId}`;
}
