import { setTimeout as delay } from 'node:timers/promises';
import type { SaleEpoch } from '../sale/ledger-ports.ts';
import { orderId } from '../sale/order.ts';
import type { PlanMails } from '../sale/ports.ts';
import type { OrderStore, Recounts } from '../sale/store-ports.ts';

const lookEveryMs = 5_000;
/** A node without progress for this long is dead or stuck. */
const takeOverMs = 30_000;
/** Pause after the database did not answer. */
const afterFaultMs = 60_000;
/** Of one command. */
const plannedMax = 500;
/** Older orders had their mails, or are too old for one. */
const mailedMs = 86_400_000;
/** The share of time that counting may keep MongoDB busy: buyers wait for its writes. */
const share = 0.25;

interface Dependencies {
  recounts: Recounts;
  orders: Pick<OrderStore, 'recount' | 'ofSale'>;
  nodeId: string;
  /** Absent where the shop sends no mails. */
  planMails?: PlanMails | undefined;
  onError: (error: unknown) => void;
}

/**
 * Counts the customers of a sale again after a recovery, and plans the mails about its orders: a batch whose orders were written may have lost its
 * entries before that was done. The recount is planned before the sale opens and done afterwards, piece by piece. If the node dies, another one does the rest.
 */
export class RecountTotals {
  readonly #deps: Dependencies;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #notBefore = 0;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
    this.#look();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#timer);
    await this.#looking;
  }

  plan(at: SaleEpoch): Promise<void> {
    return this.#deps.recounts.plan(at, this.#deps.nodeId);
  }

  /** The sale is open: what was planned for it may begin. */
  begin(): void {
    if (this.#timer !== undefined) this.#look();
  }

  #look(): void {
    if (performance.now() < this.#notBefore) return;
    this.#looking ??= this.lookOnce()
      .catch((error: unknown) => {
        this.#notBefore = performance.now() + afterFaultMs;
        this.#deps.onError(error);
      })
      .finally(() => {
        this.#looking = null;
      });
  }

  async lookOnce(): Promise<void> {
    const { recounts, nodeId } = this.#deps;
    for (const { id, saleId, after, by, at } of await recounts.due()) {
      if (by === nodeId || Math.abs(Date.now() - at) > takeOverMs) await this.#count(id, saleId, after);
    }
  }

  async #count(id: string, saleId: string, from: string): Promise<void> {
    const { recounts, orders, nodeId } = this.#deps;
    const { signal } = this.#stopping;
    for (let after = from; !signal.aborted; ) {
      const startedAt = performance.now();
      const next = await orders.recount(saleId, after);
      if (next === null) {
        await this.#planMails(saleId);
        return signal.aborted ? undefined : recounts.done(id);
      }
      await recounts.cameTo(id, next, nodeId);
      after = next;
      const tookMs = performance.now() - startedAt;
      await delay(tookMs * (1 / share - 1), undefined, { signal }).catch(() => undefined);
    }
  }

  async #planMails(saleId: string): Promise<void> {
    const { orders, planMails } = this.#deps;
    const { signal } = this.#stopping;
    if (planMails === undefined) return;
    const since = Date.now() - mailedMs;
    const recent: { id: string; customerId: string }[] = [];
    for await (const order of orders.ofSale(saleId)) {
      if (order.status === 'confirmed' && order.confirmedAt >= since)
        recent.push({ id: orderId(order), customerId: order.customerId });
    }
    for (let from = 0; from < recent.length && !signal.aborted; from += plannedMax)
      await planMails(recent.slice(from, from + plannedMax));
  }
}
