import type { CurrentSale } from '../sale/current-sale.ts';
import type { Seal } from './seal.ts';
import type { SealSale } from './seal-sale.ts';

const lookEveryMs = 1_000;
/** Earlier sales are checked less often. */
const looksPerEarlier = 2;
/** Pause before a sale that failed the audit is audited again: the audit reads all orders, and a person has to repair what it found. */
const brokenAgainMs = 30_000;
/** Earlier sales that wait to be looked at; more than this are looked at when the node starts again. */
const pendingMax = 100;

interface Dependencies {
  current: CurrentSale;
  sealSale: SealSale;
  unsealed: () => Promise<string[]>;
  onSeal: (seal: Seal) => void;
  /** Called at every failed audit, until the sale is repaired. */
  onBroken: (saleId: string, invariants: readonly string[]) => void;
  onError: (error: unknown) => void;
}

/**
 * Seals every sale that is over, and seals it again if it changes afterwards. While a sale goes on this costs a
 * comparison a second, and nothing once it is sealed.
 */
export class SealWorker {
  readonly #deps: Dependencies;
  readonly #pending = new Set<string>();
  /** Sales that failed the audit. A first finding may come from a moment between two steps, such as of a cancellation; a second one does not. */
  readonly #unsound = new Map<string, { failed: readonly string[]; looks: number; notBefore: number }>();
  /** The state of the current sale for which there is nothing more to do. */
  #done = '';
  #looks = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #stopped = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    let shown = this.#deps.current.snapshot?.sale.id;
    this.#deps.current.changes.on('sale', ({ id }) => {
      if (shown !== undefined && shown !== id) this.changed(shown);
      shown = id;
    });
    void this.#deps
      .unsealed()
      .then((ids) => ids.forEach((id) => void this.changed(id)))
      .catch(this.#deps.onError);
    // At different moments on each node, so that the first one does the work.
    this.#timer = setInterval(() => this.#look(), lookEveryMs * (0.75 + Math.random() / 2));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** Something about the claims of that sale has changed: an order was cancelled, a claim was revoked. */
  changed(saleId: string): void {
    const found = this.#unsound.get(saleId);
    if (found !== undefined) this.#unsound.set(saleId, { ...found, notBefore: 0 });
    this.#wait(saleId);
  }

  #wait(saleId: string): void {
    if (this.#pending.size < pendingMax) this.#pending.add(saleId);
  }

  /** The invariants of that sale that do not hold, as far as this node has looked; null where it found none. */
  broken(saleId: string): readonly string[] | null {
    const found = this.#unsound.get(saleId);
    return found === undefined || found.looks < 2 ? null : found.failed;
  }

  #look(): void {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null;
    });
  }

  async #lookOnce(): Promise<void> {
    const { current } = this.#deps;
    const { snapshot } = current;
    const status = current.view()?.status;
    const over = status === 'sold_out' || status === 'ended';
    if (snapshot?.available === true && over) {
      const { sale, epoch, stock } = snapshot;
      const state = [sale.id, epoch, sale.terms.revision, stock.seq].join(':');
      const recheck = this.#pending.has(sale.id);
      if ((recheck || state !== this.#done) && (await this.#sealed(sale.id, recheck))) this.#done = state;
    }
    if (this.#looks++ % looksPerEarlier !== 0) return;
    // A copy: a sale that is not done waits for the next look.
    for (const saleId of [...this.#pending]) {
      // The current sale has its turn when it is over.
      if (!this.#stopped && saleId !== snapshot?.sale.id) await this.#sealed(saleId, true);
    }
  }

  async #sealed(saleId: string, recheck: boolean): Promise<boolean> {
    if (performance.now() < (this.#unsound.get(saleId)?.notBefore ?? 0)) return false;
    const waited = this.#pending.delete(saleId);
    let done = false;
    try {
      const outcome = await this.#deps.sealSale(saleId, recheck);
      if (outcome.code === 'sealed') this.#deps.onSeal(outcome.seal);
      if (outcome.code === 'unsound') this.#note(saleId, outcome.failed);
      else if (outcome.code !== 'changed') this.#unsound.delete(saleId);
      done = outcome.code === 'sealed' || outcome.code === 'sealed_already';
    } catch (error) {
      this.#deps.onError(error);
    }
    if (!done && waited) this.#wait(saleId);
    return done;
  }

  #note(saleId: string, failed: readonly string[]): void {
    const looks = (this.#unsound.get(saleId)?.looks ?? 0) + 1;
    const again = looks < 2 ? 0 : performance.now() + brokenAgainMs;
    this.#unsound.delete(saleId);
    this.#unsound.set(saleId, { failed, looks, notBefore: again });
    const [oldest] = this.#unsound.keys();
    if (this.#unsound.size > pendingMax && oldest !== undefined) this.#unsound.delete(oldest);
    if (looks >= 2) this.#deps.onBroken(saleId, failed);
  }
}
