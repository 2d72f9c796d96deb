import type { CurrentSale } from './current-sale.ts';
import { isOver, type Plans } from './plans.ts';
import type { Clock } from './ports.ts';
import { saleStatus } from './sale.ts';
import type { PlanStore } from './store-ports.ts';

const lookEveryMs = 5_000;
/** People see the countdown for this long, at least, when the page is free. */
export const shownBeforeMs = 3_600_000;

interface Dependencies {
  current: CurrentSale;
  plans: Pick<Plans, 'activate'>;
  store: Pick<PlanStore, 'all'>;
  clock: Clock;
  onError: (error: unknown) => void;
}

/** Puts the next planned sale on the page once the one that is there is over. Several nodes may try; the sale's id lets one succeed. */
export class PlanKeeper {
  readonly #deps: Dependencies;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look()
        .catch(this.#deps.onError)
        .finally(() => {
          this.#looking = null;
        });
    }, lookEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { current, plans, store, clock, onError } = this.#deps;
    const { snapshot } = current;
    const now = clock.now();
    // A sale that is sold out may still get units; only one that has ended is over.
    if (snapshot !== null && saleStatus(snapshot.sale.terms, snapshot.stock.remaining, now) !== 'ended')
      return;
    const next = (await store.all()).find((plan) => !isOver(plan, now));
    if (next === undefined || next.startsAt - shownBeforeMs > now) return;
    const seen = snapshot && { saleId: snapshot.sale.id, version: snapshot.sale.terms.revision };
    const outcome = await plans.activate(next.id, { by: next.createdBy, seen });
    // Anything else is settled by another node, or by the next look.
    if (!outcome.ok && outcome.code === 'redis_unsafe') onError(new Error(outcome.message));
  }
}
