import { automatically } from '@flipzon/protocol/sale-phases.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Clock } from '../sale/ports.ts';
import type { PlanStore, SaleStore } from '../sale/store-ports.ts';
import { nextTurn, onPage, type Turn } from './plan-turns.ts';
import type { Plans } from './plans.ts';
import type { Succession } from './succession.ts';

const lookEveryMs = 5_000;
/** The next sale is made ready this long before it takes the page; some seconds are enough, also with a slow database. */
export const preparedBeforeMs = 15_000;

interface Dependencies {
  current: CurrentSale;
  plans: Pick<Plans, 'activate'>;
  store: Pick<PlanStore, 'all'>;
  sales: Pick<SaleStore, 'successor'>;
  succession: Succession;
  clock: Clock;
  onError: (error: unknown) => void;
}

/** Puts the next planned sale on the page when its turn has come. Several nodes may try; a sale has one successor. */
export class PlanScheduler {
  readonly #deps: Dependencies;
  readonly #onChange = () => void this.look();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #stopped = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(this.#onChange, lookEveryMs);
    this.#deps.current.changes.on('sale', this.#onChange);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#deps.current.changes.off('sale', this.#onChange);
    await this.#looking;
  }

  /** Call it when a plan's turn may have come nearer. Never rejects. */
  look(): Promise<void> {
    this.#lookAgain = true;
    this.#looking ??= this.#lookUntilQuiet().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #lookUntilQuiet(): Promise<void> {
    while (this.#lookAgain && !this.#stopped) {
      this.#lookAgain = false;
      await this.#lookOnce().catch(this.#deps.onError);
    }
  }

  async #lookOnce(): Promise<void> {
    const { current, store, sales, succession, clock } = this.#deps;
    const successor = await sales.successor();
    if (successor !== null) {
      if (successor.takesOverAt <= clock.now()) await succession.finish(successor);
      return;
    }
    const { snapshot } = current;
    const turn = nextTurn(snapshot && onPage(snapshot), await store.all(), clock.now());
    if (turn !== null) await this.#take(turn);
  }

  async #take({ plan, at }: Turn): Promise<void> {
    const { current, plans, succession, clock } = this.#deps;
    const sale = current.snapshot?.sale ?? null;
    const now = clock.now();
    if (at > now + preparedBeforeMs) return;
    if (at > now) return succession.prepare(plan, at, sale);
    const expectedVersion = sale && { saleId: sale.id, version: sale.terms.revision };
    await plans.activate(plan.id, { by: automatically, expectedVersion });
  }
}
