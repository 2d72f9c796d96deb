import type { StaffRole } from '@flipzon/protocol/identity.ts';
import type { SaleResult } from '@flipzon/protocol/operator.ts';
import { createContext, useContext } from 'react';
import type { OpenShop } from '../shop/open-shop.ts';
import { createValue, useValue, type Value } from '../value.ts';
import { type ActionLog, createActionLog } from './action-log.ts';
import { type Api, createApi } from './api.ts';
import { type Change, type ExpectedVersion, type Outcome, perform } from './control/change.ts';
import { StatsHistory } from './history/stats-history.ts';
import { createPlans, type Plans } from './plans.ts';
import { roleOf, type Watching, watchNodeStats } from './watching.ts';

/** Cancelled orders do not change the sale's terms, so no event reports them. */
const logEveryMs = 4000;

export interface Template {
  sale: SaleResult;
  /** The plan or draft itself is edited; otherwise it is duplicated. */
  isEdited: boolean;
}

/** The console without its components. */
export interface ConsoleServices {
  api: Api;
  stats: StatsHistory;
  watching: Value<Watching>;
  /** Of the person who is signed in, as the shop knows it. The shop decides by itself; this is for what is offered. */
  role: Value<StaffRole>;
  log: ActionLog;
  plans: Plans;
  /** The sale that the form of a new one is to be filled from. */
  template: Value<Template | null>;
  /** Opens that form, filled from this sale. */
  fillForm(from: Template): void;
  change(change: Change, expected: ExpectedVersion | null): Promise<Outcome>;
  signInWith(token: string): boolean;
}

export function openConsoleServices(shop: OpenShop): ConsoleServices {
  const remainingOf = (saleId: string | null) => {
    const { sale } = shop.ticker.get().model;
    return sale !== null && sale.id === saleId ? sale.remaining : null;
  };
  const operator = () => shop.ticker.get().model.customer;
  const api = createApi(
    () => operator()?.token ?? null,
    async () => (await shop.renew()) === 'renewed',
  );
  const stats = new StatsHistory();
  const log = createActionLog(api);
  const plans = createPlans(api);
  const template = createValue<Template | null>(null);
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
    stats,
    ...watchNodeStats(shop.socket, stats, remainingOf, roleOf(operator()?.token ?? null)),
    log,
    plans,
    template,
    fillForm(from) {
      template.set(from);
      location.hash = 'setup';
    },
    async change(change, expected) {
      const outcome = await perform(api, change, expected);
      // It is on the page now, under another id.
      if (outcome.ok && change.kind === 'start' && change.saleId !== undefined)
        await perform(api, { kind: 'drop', saleId: change.saleId }, null);
      refreshLog();
      if (['plan', 'draft', 'drop', 'start', 'activate'].includes(change.kind)) await plans.refresh();
      return outcome;
    },
    signInWith: shop.signInWith,
  };
}

export const ConsoleContext = createContext<ConsoleServices | null>(null);

export function useConsole(): ConsoleServices {
  const services = useContext(ConsoleContext);
  if (services === null) throw new Error('no services around this part of the console');
  return services;
}

/** False for viewers, to whom no step is offered. */
export function useMaySteer(): boolean {
  return useValue(useConsole().role) !== 'viewer';
}

/** Owners decide about the shop and its people. */
export function useIsOwner(): boolean {
  return useValue(useConsole().role) === 'owner';
}
