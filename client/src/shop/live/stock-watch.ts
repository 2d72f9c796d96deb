import type { Sale } from '@flipzon/protocol/schemas.ts';
import { createValue, type Value } from '../../value.ts';
import { derivePhase, isAvailable, startsAtMs } from '../model/derive-phase.ts';
import { type Model, serverMsAt } from '../model/model.ts';
import { type StockChange, StockChanges } from '../model/stock-changes.ts';
import { StockHistory, type StockPoint } from '../model/stock-history.ts';
import type { Store } from '../model/store.ts';

/** Viewers cannot follow a curve that changes more often, and drawing it costs time. */
const tellMsMin = 1000;

export interface StockSeen {
  points: readonly StockPoint[];
  changes: readonly StockChange[];
}

export type StockWatch = Pick<Value<StockSeen>, 'get' | 'subscribe'>;

/** What this page has seen of the stock since it was opened, or since the sale opened. Earlier times stay empty. */
export function watchStock(store: Store, clock: () => number): StockWatch {
  const history = new StockHistory();
  const changes = new StockChanges();
  const seen = createValue<StockSeen>({ points: [], changes: [] });
  let known: Sale | null = null;
  /** While the connection was lost, units were sold at unknown times: they count as sold, but not for the pace. */
  let broken: { freshAt: number | null } | null = null;
  let waiting = false;

  function look(): void {
    const model = store.get();
    const { sale } = model;
    if (sale === null || sale === known) {
      noteBreak(model);
      return;
    }
    const serverMs = serverMsAt(model, clock());
    const before = known;
    known = sale;
    if (before?.id !== sale.id) {
      history.clear();
      changes.clear();
    }
    noteBreak(model);
    const phase = derivePhase(sale, serverMs);
    if (phase === 'scheduled' || phase === 'countdown') {
      return;
    }
    if (before?.id === sale.id && history.points.length === 0) {
      // Watched before the opening: the curve begins with it.
      history.add({ serverMs: Math.min(serverMs, startsAtMs(sale)), remaining: before.remaining });
    }
    history.add({ serverMs, remaining: sale.remaining });
    if (broken !== null) {
      broken = model.freshAt === broken.freshAt ? broken : null;
    } else if (before?.id === sale.id) {
      changes.add(serverMs, sale.remaining - before.remaining);
    }
    if (seen.get().points.length === 0) {
      tell();
    } else if (!waiting) {
      waiting = true;
      setTimeout(tell, tellMsMin);
    }
  }

  function noteBreak(model: Model): void {
    const whole =
      model.disconnectedAt === null && model.online && (model.sale === null || isAvailable(model.sale));
    if (!whole) {
      broken = { freshAt: model.freshAt };
    }
  }

  function tell(): void {
    waiting = false;
    seen.set({ points: [...history.points], changes: changes.all });
  }

  store.subscribe(look);
  return seen;
}
