import type { Sale } from '@flipzon/protocol/schemas.ts';
import { useState } from 'react';
import { useView } from '../../shop/use-view.ts';
import { useLanguage } from '../../text/language.ts';
import { emptyProduct } from '../product/product-draft.ts';
import { type PlanDraft, type ReadPlan, readPlan } from './plan.ts';
import { scheduleOf } from './schedule.ts';
import { keptZone } from './zones.ts';

const firstDraft = {
  name: 'iPhone',
  price: '999',
  quantity: '1000',
  perCustomer: '1',
  atOnce: false,
  simulated: false,
  ...emptyProduct,
};

/** To publish now, or to plan. */
export const purposes = ['page', 'plan'] as const;
type Purpose = (typeof purposes)[number];

export interface NewSale extends ReadPlan {
  draft: PlanDraft;
  setDraft: (next: PlanDraft) => void;
  purpose: Purpose;
  setPurpose: (next: Purpose) => void;
  /** The shop's clock, by the second. */
  nowMs: number;
  /** The sale on the page, and whether it still goes on. */
  current: Sale | null;
  goesOn: boolean;
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
  // A planned sale cannot open at once; the choice is kept for one that can.
  const draft = purpose === 'plan' ? { ...typed, atOnce: false } : typed;
  return {
    draft,
    setDraft,
    purpose,
    setPurpose,
    nowMs,
    current,
    goesOn,
    ...readPlan(draft, nowMs, formats.locales),
  };
}
