import type { SaleResult, SalesAnswer } from '@flipzon/protocol/operator.ts';
import { createValue, type Value } from '../value.ts';
import type { Api } from './api.ts';

export interface PlansState {
  /** The next one first. */
  plans: readonly SaleResult[];
  /** The newest first. */
  drafts: readonly SaleResult[];
  state: 'loading' | 'there' | 'failed';
}

export interface Plans {
  value: Value<PlansState>;
  refresh(): Promise<void>;
}

/** Planned sales, as the shop knows them; read again when they may have changed. */
export function createPlans(api: Api): Plans {
  const value = createValue<PlansState>({ plans: [], drafts: [], state: 'loading' });
  let asking: Promise<void> | null = null;
  let isStale = false;

  async function ask(): Promise<void> {
    do {
      isStale = false;
      const [planned, drafts] = await Promise.all(
        ['planned', 'draft'].map((status) => api.ask<SalesAnswer>(`/operator/sales?status=${status}`)),
      );
      // What was known stays to be read.
      const known = value.get();
      value.set(
        planned?.ok === true && drafts?.ok === true
          ? { plans: planned.body.sales, drafts: drafts.body.sales, state: 'there' }
          : { ...known, state: known.state === 'there' ? 'there' : 'failed' },
      );
    } while (isStale);
  }

  return {
    value,
    refresh() {
      // An answer that is under way may be older than the latest news.
      isStale = asking !== null;
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
  };
}
