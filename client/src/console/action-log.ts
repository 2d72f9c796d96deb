import type { OperatorAction, OperatorActionsAnswer } from '@flipzon/protocol/operator.ts';
import { createValue, type Value } from '../value.ts';
import type { Api } from './api.ts';

const pageLength = 25;
/** Bounds the log of a page that stays open for days. */
const actionsMax = 200;

export interface LogState {
  actions: readonly OperatorAction[];
  /** Cursor of the older entries; null if there are none. */
  next: string | null;
  state: 'loading' | 'there' | 'failed';
}

export interface ActionLog {
  value: Value<LogState>;
  refresh(): Promise<void>;
  more(): Promise<void>;
  forget(): void;
}

/** What the shop is asked for: names and values of the query. */
export type LogFilter = Readonly<Partial<Record<'by' | 'action' | 'saleId' | 'from' | 'until', string>>>;

const empty: LogState = { actions: [], next: null, state: 'loading' };

/** The newest actions of operators, kept up to date, and older ones on request. */
export function createActionLog(api: Api, filter: LogFilter = {}): ActionLog {
  const value = createValue(empty);
  let asking = false;

  async function page(before: string | null): Promise<void> {
    if (asking) return;
    asking = true;
    const query = new URLSearchParams({
      ...filter,
      limit: String(pageLength),
      ...(before !== null && { before }),
    });
    const answer = await api.ask<OperatorActionsAnswer>(`/operator/actions?${query}`);
    asking = false;
    const known = value.get();
    if (!answer.ok) value.set({ ...known, state: known.state === 'there' ? 'there' : 'failed' });
    else value.set(before === null ? renewed(known, answer.body) : continued(known, answer.body));
  }

  return {
    value,
    refresh: () => page(null),
    more: async () => {
      const { next } = value.get();
      if (next !== null) await page(next);
    },
    forget: () => value.set(empty),
  };
}

function renewed(known: LogState, newest: OperatorActionsAnswer): LogState {
  const fresh = new Set(newest.actions.map(({ id }) => id));
  const older = known.actions.filter(({ id }) => !fresh.has(id));
  // More have come than fit on a page: between them and the older ones some would be missing.
  const joins = newest.next === null || known.actions.some(({ id }) => fresh.has(id));
  const actions = joins ? [...newest.actions, ...older] : newest.actions;
  const kept = actions.slice(0, actionsMax);
  if (known.state === 'there' && sameActions(known.actions, kept)) return known;
  return { actions: kept, next: joins && older.length > 0 ? known.next : newest.next, state: 'there' };
}

function continued(known: LogState, older: OperatorActionsAnswer): LogState {
  const actions = [...known.actions, ...older.actions].slice(0, actionsMax);
  return { actions, next: actions.length < actionsMax ? older.next : null, state: 'there' };
}

function sameActions(a: readonly OperatorAction[], b: readonly OperatorAction[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ id, outcome }, index) => b[index]?.id === id && b[index]?.outcome === outcome)
  );
}
