import type { CurrentSale } from '../sale/current-sale.ts';
import type { ClaimLedger, EpochKeys, RecoveryOutcome, SaleEpoch } from '../sale/ledger-ports.ts';
import { fullStock, type SaleRecord } from '../sale/sale.ts';
import type { SaleStore, Successor } from '../sale/store-ports.ts';
import { RecentMap } from '../shared/recent-map.ts';
import { backoffMs, pause } from '../shared/retry.ts';
import { NoAnswerInTime } from '../shared/with-timeout.ts';

/** After a lost message, the count is right again after this. */
const pollEveryMs = 1_000;
/** A new sale or revision whose announcement was lost is seen after this many polls. */
const pollsPerRefresh = 5;
const recoverBackoff = { msMin: 250, msMax: 2_000 };
/** An operator who starts a sale waits this long for it to open. */
const establishMsMax = 10_000;
/** Renewed while the recovery goes on, so that another node takes over soon if this one dies. */
const lockMsMax = 3_000;
/** The sale on the page and the next one. */
const copiedToMax = 2;

interface Dependencies {
  current: CurrentSale;
  sales: SaleStore;
  keys: EpochKeys;
  ledger: Pick<ClaimLedger, 'configure'>;
  recover: (sale: SaleRecord) => Promise<RecoveryOutcome>;
  announce: () => Promise<void>;
  /** Writes what this node has claimed lately to the keys of the sale that follows. */
  copyRecentClaims: (from: SaleRecord, to: SaleEpoch) => Promise<void>;
  owner: string;
  onError: (error: unknown) => void;
  onRecovery: (outcome: RecoveryOutcome & { saleId: string }) => void;
}

/**
 * Keeps this node's view of the current sale up to date, and its epoch open. Its states:
 *
 * - `no sale`: MongoDB has none. Healthy, since there is nothing to open.
 * - `open`: the last look found the epoch open in Redis. Buys are taken. Looks once a second, and reads the sale every few looks.
 * - `suspect`: the connection was lost or a look failed. No buys. The next look that succeeds leads to `open` or to `recovering`.
 * - `recovering`: a look found the epoch closed, or a buy was refused as `closed`. No buys. Attempts follow each other with a backoff: each
 *   takes the sale's lock (held by another node: try again) and runs recovery.ts. `open_already` and `recovered` lead to `open`; after
 *   `overtaken`, which says that another node took a newer epoch, and after a fault it tries again.
 *
 * `Recovery` describes the steps of a recovery. The sale that takes the page next is recovered in the same way, one attempt
 * for each reading, and has no part in `healthy`.
 */
export class SaleReconciler {
  readonly #deps: Dependencies;
  #poll: NodeJS.Timeout | undefined;
  #polls = 0;
  #polling = false;
  #refreshing: Promise<void> | null = null;
  /** The reading that follows the one under way. */
  #further: Promise<void> | null = null;
  #recovering: Promise<void> | null = null;
  #recoveringNext: Promise<void> | null = null;
  readonly #stopping = new AbortController();
  #open = false;
  /** Epochs by sale: their keys have this node's claims of the sale before. Before the changeover, each buy adds its own from then on. */
  readonly #copiedTo = new RecentMap<string, number>(2 * copiedToMax);
  /** The sale that was on the page before, if this node has seen it there. */
  #replaced: SaleRecord | null = null;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** The current sale can be bought from, as far as its keys are concerned; true when there is no sale. */
  get healthy(): boolean {
    return this.#open;
  }

  async start(): Promise<void> {
    await this.refresh();
    this.#poll = setInterval(() => void this.#look(), pollEveryMs);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    clearInterval(this.#poll);
    await Promise.allSettled([this.#refreshing, this.#further, this.#recovering, this.#recoveringNext]);
  }

  /**
   * Reads the sale, its newest revision and its epoch again. Calls made during a reading share one further reading, and wait for no other: buys
   * may ask for it all the time.
   */
  refresh(): Promise<void> {
    if (this.#refreshing === null && this.#further === null) return this.#read();
    this.#further ??= Promise.allSettled([this.#refreshing]).then(() => {
      this.#further = null;
      return this.#read();
    });
    return this.#further;
  }

  /** The connection was lost: until the next look, it is unknown what Redis has kept. */
  suspect(): void {
    this.#setOpen(false);
  }

  /** Recovery is due, or seems so: looks, and recovers if it is. At most one at a time on this node. */
  recover(): Promise<void> {
    this.#setOpen(false);
    this.#recovering ??= this.#recoverUntilOpen().finally(() => {
      this.#recovering = null;
    });
    return this.#recovering;
  }

  /** Brings that sale to an open epoch; rejects when that fails, takes too long, or this node stops. */
  async establish(sale: SaleRecord): Promise<void> {
    const endsAt = performance.now() + establishMsMax;
    while ((await this.#recoverOnce(sale)) === 'again') {
      if (this.#stopping.signal.aborted || performance.now() > endsAt)
        throw new NoAnswerInTime(`sale ${sale.id} does not open`);
      await pause(recoverBackoff.msMin, this.#stopping.signal);
    }
  }

  #read(): Promise<void> {
    this.#refreshing = this.#refreshOnce().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refreshOnce(): Promise<void> {
    const { current, sales, keys, ledger } = this.#deps;
    const { current: sale, successor } = await sales.onShow();
    if (sale === null) {
      this.#open = true;
      return;
    }
    const at: SaleEpoch = { saleId: sale.id, epoch: await sales.epoch(sale.id) };
    const state = at.epoch === 0 ? null : await keys.inspect(at, requiresPayment(sale));
    // Written by a node that died before Redis had it; of two revisions, Redis keeps the newer one.
    if (state?.open && (state.revision ?? 0) < sale.terms.revision) await ledger.configure(at, sale.terms);
    const { snapshot } = current;
    const known = snapshot?.sale.id === sale.id ? snapshot : null;
    if (snapshot !== null && known === null) this.#replaced = snapshot.sale;
    // Before this node takes buys of the new sale.
    if (this.#replaced !== null) await this.#copyRecentClaimsOnce(this.#replaced, at);
    const stock = state?.stock ?? known?.stock ?? fullStock(sale.terms);
    this.#open = state?.open ?? false;
    const lastClaimAt = state?.lastClaimAt ?? null;
    current.replace({ sale, epoch: at.epoch, stock, lastClaimAt, available: this.#open });
    if (!this.#open && !this.#stopping.signal.aborted) void this.recover();
    await this.#refreshNext(successor);
  }

  /** The sale that takes the page soon: known before its time, with its keys, so that nothing has to be asked at the instant. */
  async #refreshNext(successor: Successor | null): Promise<void> {
    const { current, sales, keys } = this.#deps;
    if (successor === null) return current.announceNext(null);
    const { sale, takesOverAt } = successor;
    const at: SaleEpoch = { saleId: sale.id, epoch: await sales.epoch(sale.id) };
    const state = at.epoch === 0 ? null : await keys.inspect(at, requiresPayment(sale));
    const open = state?.open ?? false;
    current.announceNext({
      takesOverAt,
      snapshot: {
        sale,
        epoch: at.epoch,
        stock: state?.stock ?? fullStock(sale.terms),
        lastClaimAt: state?.lastClaimAt ?? null,
        available: open,
      },
    });
    if (!open && !this.#stopping.signal.aborted) this.#recoverNext(sale);
    if (current.snapshot !== null) await this.#copyRecentClaimsOnce(current.snapshot.sale, at);
  }

  /** Once for each epoch; a failure is tried again with the next reading. */
  async #copyRecentClaimsOnce(from: SaleRecord, to: SaleEpoch): Promise<void> {
    if (to.epoch === 0 || from.id === to.saleId) return;
    if (this.#copiedTo.get(to.saleId) === to.epoch) return;
    try {
      await this.#deps.copyRecentClaims(from, to);
      this.#copiedTo.set(to.saleId, to.epoch);
    } catch (error) {
      // No buy of either sale depends on it.
      this.#deps.onError(error);
    }
  }

  /**
   * Its node died before it had made the keys, or Redis has lost them. Where it does not succeed, the next reading tries again. No reading waits
   * for it: a recovery asks for one itself.
   */
  #recoverNext(sale: SaleRecord): void {
    this.#recoveringNext ??= this.#recoverOnce(sale)
      .then((outcome) => (outcome === 'done' ? this.refresh() : undefined))
      .catch(this.#deps.onError)
      .finally(() => {
        this.#recoveringNext = null;
      });
  }

  async #look(): Promise<void> {
    if (this.#polling) return;
    this.#polling = true;
    try {
      const { current, keys } = this.#deps;
      const { snapshot, at } = current;
      if (snapshot === null || at === null || this.#polls++ % pollsPerRefresh === 0)
        return await this.refresh();
      const state = await keys.inspect(at, requiresPayment(snapshot.sale));
      if (state.stock !== null) current.setStock(at.saleId, state.stock, state.lastClaimAt);
      if (!state.open) {
        void this.recover();
        return;
      }
      this.#setOpen(true);
      if (state.revision !== snapshot.sale.terms.revision) await this.refresh();
    } catch (error) {
      this.#setOpen(false);
      this.#deps.onError(error);
    } finally {
      this.#polling = false;
    }
  }

  #setOpen(open: boolean): void {
    this.#open = open;
    this.#deps.current.setAvailable(open);
  }

  async #recoverUntilOpen(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        const sale = await this.#deps.sales.current();
        if (sale === null) return;
        if ((await this.#recoverOnce(sale)) === 'done') {
          await this.refresh();
          return;
        }
      } catch (error) {
        this.#deps.onError(error);
      }
      await pause(backoffMs(recoverBackoff, failures), signal);
    }
  }

  async #recoverOnce(sale: SaleRecord): Promise<'done' | 'again'> {
    const { keys, owner } = this.#deps;
    if (!(await keys.lock(sale.id, owner, lockMsMax))) return 'again';
    const renewal = setInterval(() => {
      keys.renewLock(sale.id, owner, lockMsMax).catch(this.#deps.onError);
    }, lockMsMax / 3);
    try {
      const outcome = await this.#deps.recover(sale);
      this.#deps.onRecovery({ saleId: sale.id, ...outcome });
      if (outcome.code === 'overtaken') return 'again';
      if (outcome.code === 'recovered') await this.#deps.announce();
      return 'done';
    } finally {
      clearInterval(renewal);
      await keys.unlock(sale.id, owner).catch(this.#deps.onError);
    }
  }
}

/** Only then there are counts of holds to read. */
function requiresPayment({ terms }: SaleRecord): boolean {
  return terms.payment !== undefined;
}
