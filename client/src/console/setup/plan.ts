import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { nameLengthMax } from '@flipzon/protocol/product.ts';
import { quantityMax } from '@flipzon/protocol/variants.ts';
import type { PaymentPlan, Plan } from '../control/change.ts';
import { type PresaleDraft, presaleDraftOf, readPresale } from '../presale/presale-draft.ts';
import {
  type ProductDraft,
  type ProductFault,
  productDraftOf,
  productFaults,
  wantedOf,
} from '../product/product-draft.ts';
import {
  type ReadVariants,
  readVariants,
  type VariantDraft,
  variantDraftsOf,
} from '../variants/variant-draft.ts';
import { type ReadSchedule, readSchedule, type Schedule, scheduleOf } from './schedule.ts';
import { typedPrice } from './typed-price.ts';
import { wholeNumber } from './whole-number.ts';

/** The fields of a new sale. */
export interface PlanDraft extends ProductDraft {
  name: string;
  price: string;
  currency: string;
  /** Where there are no variants. */
  quantity: string;
  variants: readonly VariantDraft[];
  perCustomer: string;
  atOnce: boolean;
  schedule: Schedule;
  simulated: boolean;
  presale: PresaleDraft;
  /** As the sale has it from which the form was filled. */
  payment?: PaymentPlan;
}

type NumberField = 'quantity' | 'perCustomer';
export type PlanFault = 'name' | 'price' | NumberField | 'variants' | 'presale' | ProductFault;

const ranges: Record<NumberField, readonly [number, number]> = {
  quantity: [1, quantityMax],
  perCustomer: [1, 10],
};

export function isName(name: string): boolean {
  return name !== '' && name.length <= nameLengthMax;
}

export interface ReadPlan {
  faults: ReadonlySet<PlanFault>;
  schedule: ReadSchedule;
  variants: ReadVariants;
  /** Null while something is wrong. */
  plan: Plan | null;
}

interface Reading {
  nowMs: number;
  /** In which the price is typed. */
  locales: readonly string[];
  /** It is not complete yet: its times may have passed. */
  isDraft?: boolean;
}

export function readPlan(draft: PlanDraft, { nowMs, locales, isDraft = false }: Reading): ReadPlan {
  const name = draft.name.trim();
  const faults = new Set<PlanFault>(productFaults(draft));
  if (!isName(name)) faults.add('name');
  const numberOf = (field: NumberField): number => {
    const value = wholeNumber(draft[field], ranges[field], locales);
    if (value === null) faults.add(field);
    return value ?? Number.NaN;
  };
  const isVaried = draft.variants.length > 0;
  const schedule = readSchedule(draft.schedule, nowMs, draft.atOnce ? nowMs : null);
  const price = typedPrice(draft.price, draft.currency, locales);
  if (!price.ok) faults.add('price');
  const salePrice = price.ok ? price.minor : null;
  const variants = readVariants(draft.variants, { currency: draft.currency, salePrice, locales });
  if (isVaried && variants.variants === null && price.ok) faults.add('variants');
  const numbers = {
    quantity: isVaried ? variants.total : numberOf('quantity'),
    perCustomer: numberOf('perCustomer'),
  };
  const presale = readPresale(draft.presale, schedule.startsMs, locales);
  if (presale === null && schedule.startsMs !== null) faults.add('presale');
  const isInTime = isDraft || (schedule.openFault === null && schedule.endFault === null);
  const isRight = faults.size === 0 && isInTime;
  if (!isRight || !price.ok || schedule.startsMs === null) return { faults, schedule, variants, plan: null };
  const plan = {
    name,
    price: { minor: price.minor, currency: draft.currency },
    ...numbers,
    ...(isVaried && variants.variants !== null && { variants: variants.variants }),
    startsAt: draft.atOnce ? 'now' : new Date(schedule.startsMs).toISOString(),
    endsAt: schedule.endsMs === null ? null : new Date(schedule.endsMs).toISOString(),
    simulated: draft.simulated,
    ...(presale && { presale }),
    ...draft.payment,
    ...wantedOf(draft),
  };
  return { faults, schedule, variants, plan };
}

function paymentOf({ payment, holdSeconds, holdsMax }: SaleResult): PaymentPlan {
  return {
    ...(payment && { payment }),
    ...(holdSeconds !== undefined && { holdSeconds }),
    ...(holdsMax !== undefined && { holdsMax }),
  };
}

/** Fills the form from a sale. `keepsTimes`: not for a duplicate, whose times have passed. */
export function planDraftOf(
  sale: SaleResult,
  { zone, nowMs, keepsTimes }: { zone: string; nowMs: number; keepsTimes: boolean },
  locales: readonly string[],
): PlanDraft {
  const { product, quantity, perCustomer, simulated, startsAt, endsAt } = sale;
  const typed = new Intl.NumberFormat([...locales], { useGrouping: false, maximumFractionDigits: 4 });
  return {
    name: product.name,
    price: typed.format(product.price),
    currency: product.currency,
    quantity: String(quantity),
    variants: variantDraftsOf(sale, (price) => typed.format(price)),
    perCustomer: String(perCustomer),
    atOnce: false,
    simulated,
    presale: presaleDraftOf(sale.presale, startsAt),
    ...(sale.payment && { payment: paymentOf(sale) }),
    schedule: keepsTimes
      ? scheduleOf(zone, nowMs, Date.parse(startsAt), endsAt === null ? null : Date.parse(endsAt))
      : scheduleOf(zone, nowMs, null, null),
    ...productDraftOf(product),
  };
}
