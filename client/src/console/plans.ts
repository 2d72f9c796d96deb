import type { SaleResult, SalesAnswer } from '@flipzon/protocol/operator.ts';
import { createValue, type Value } from '../value.ts';
import type { Api } from './api.ts';

export interface PlansState {
  /** The next one first. */
  plans: readonly SaleResult[];
  state: 'loading' | 'there' | 'failed';
}

export interface Plans {
  value: Value<PlansState>;
  refresh(): Promise<void>;
}

/** Planned sales, as the shop knows them; read again when they may have changed. */
export function createPlans(api: Api): Plans {
  const value = createValue<PlansState>({ plans: [], state: 'loading' });
  let asking: Promise<void> | null = null;
  let isStale = false;

  async function ask(): Promise<void> {
    do {
      isStale = false;
      const answer = await api.ask<SalesAnswer>('/operator/sales?status=planned');
      // The last known list stays.
      value.set(
        answer.ok
          ? { plans: answer.body.sales, state: 'there' }
          : { ...value.get(), state: value.get().state === 'there' ? 'there' : 'failed' },
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
