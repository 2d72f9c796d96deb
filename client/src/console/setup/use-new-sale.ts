import type { SaleResult } from '@flipzon/protocol/operator.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import { useEffect, useState } from 'react';
import { useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { useValue } from '../../value.ts';
import { useConsole } from '../console-context.ts';
import { noPresale } from '../presale/presale-draft.ts';
import { emptyProduct } from '../product/product-draft.ts';
import { type PlanDraft, planDraftOf, type ReadPlan, readPlan } from './plan.ts';
import { scheduleOf } from './schedule.ts';
import { keptZone } from './zones.ts';

const firstDraft = {
  name: 'iPhone',
  price: '999',
  quantity: '1000',
  variants: [],
  perCustomer: '1',
  atOnce: false,
  simulated: false,
  presale: noPresale,
  ...emptyProduct,
};

/** To publish now, to plan, or to continue later. */
export const purposes = ['page', 'plan', 'draft'] as const;
type Purpose = (typeof purposes)[number];

export interface NewSale extends ReadPlan {
  draft: PlanDraft;
  setDraft: (next: PlanDraft) => void;
  purpose: Purpose;
  setPurpose: (next: Purpose) => void;
  /** The shop's clock, by the second. */
  nowMs: number;
  /** The sale on the page, and whether it is still on. */
  current: Sale | null;
  goesOn: boolean;
  /** The plan or draft that is being edited. */
  edited: SaleResult | null;
  /** How often the form was filled from a sale. */
  filled: number;
  /** The form is for a new sale again. */
  stopEditing: () => void;
}

/** The form, and its result at this moment. */
export function useNewSale(): NewSale {
  const { formats } = useLanguage();
  const { current, goesOn, nowMs, currency } = useView(({ model, phase, serverMs }) => ({
    current: model.sale,
    goesOn: model.sale !== null && phase !== 'ended',
    nowMs: Math.floor(serverMs / 1000) * 1000,
    currency: model.currency,
  }));
  const [purpose, setPurpose] = useState<Purpose>('page');
  const [typed, setDraft] = useState<PlanDraft>(() => ({
    ...firstDraft,
    currency,
    schedule: scheduleOf(keptZone(), nowMs, null, null),
  }));
  const [edited, setEdited] = useState<SaleResult | null>(null);
  const [filled, setFilled] = useState(0);
  const { template } = useConsole();
  const wanted = useValue(template);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is filled when a sale is chosen, and not when the clock ticks.
  useEffect(() => {
    if (wanted === null) return;
    template.set(null);
    const { sale, isEdited } = wanted;
    setDraft(planDraftOf(sale, { zone: keptZone(), nowMs, keepsTimes: isEdited }, formats.locales));
    setEdited(isEdited ? sale : null);
    setPurpose(sale.status === 'draft' ? 'draft' : isEdited ? 'plan' : 'page');
    setFilled((count) => count + 1);
  }, [wanted]);
  // A planned sale cannot open at once; the choice is kept for one that can.
  const draft = purpose === 'page' ? typed : { ...typed, atOnce: false };
  return {
    draft,
    setDraft,
    purpose,
    setPurpose,
    nowMs,
    current,
    goesOn,
    edited,
    filled,
    stopEditing: () => setEdited(null),
    ...readPlan(draft, { nowMs, locales: formats.locales, isDraft: purpose === 'draft' }),
  };
}
