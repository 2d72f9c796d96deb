import { createContext, useContext } from 'react';
import type { OpenShop } from '../shop/open-shop.ts';
import type { Value } from '../value.ts';
import { type ActionLog, createActionLog } from './action-log.ts';
import { type Api, createApi } from './api.ts';
import { type Change, type Outcome, perform, type Seen } from './control/change.ts';
import { FiguresHistory } from './history/figures-history.ts';
import { createPlans, type Plans } from './plans.ts';
import { type Watching, watchFigures } from './watching.ts';

/** Cancelled orders do not change the sale's terms, so no event reports them. */
const logEveryMs = 4000;

/** The console without its components. */
export interface Desk {
  api: Api;
  figures: FiguresHistory;
  watching: Value<Watching>;
  log: ActionLog;
  plans: Plans;
  change(change: Change, seen: Seen | null): Promise<Outcome>;
  signInWith(token: string): boolean;
}

export function openDesk(shop: OpenShop): Desk {
  const remainingOf = (saleId: string | null) => {
    const { sale } = shop.ticker.get().model;
    return sale !== null && sale.id === saleId ? sale.remaining : null;
  };
  const operator = () => shop.ticker.get().model.customer;
  const api = createApi(
    () => operator()?.token ?? null,
    () => shop.actions.signOut(),
  );
  const figures = new FiguresHistory();
  const log = createActionLog(api);
  const plans = createPlans(api);
  // The log has every plan that was made, deleted or published, so nothing else needs to be polled.
  log.value.subscribe(() => void plans.refresh());
  const refreshLog = () => {
    if (operator() !== null && document.visibilityState === 'visible') void log.refresh();
  };
  shop.socket.on('sale', refreshLog);
  setInterval(refreshLog, logEveryMs);
  document.addEventListener('visibilitychange', refreshLog);
  return {
    api,
    figures,
    watching: watchFigures(shop.socket, figures, remainingOf),
    log,
    plans,
    async change(change, seen) {
      const outcome = await perform(api, change, seen);
      refreshLog();
      if (change.kind === 'plan' || change.kind === 'drop' || change.kind === 'activate')
        await plans.refresh();
      return outcome;
    },
    signInWith: shop.signInWith,
  };
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('no desk around this part of the console');
  return desk;
}
