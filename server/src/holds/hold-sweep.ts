import { type HoldEnd, isDue } from '../sale/hold.ts';
import type { HoldLedger, SaleEpoch } from '../sale/ledger-ports.ts';
import type { Clock } from '../sale/ports.ts';
import type { HoldStore } from '../sale/store-ports.ts';
import { Repeated } from '../shared/repeated.ts';
import type { EndHold } from './end-hold.ts';
import type { SweptSale } from './swept-sales.ts';

const lookEveryMs = 1_000;
/** Renewed while the sweep goes on, so that another node takes over soon if this one dies. */
const leaseMsMax = 5_000;
/** Ends that are younger are still being carried out by the node that decided them. */
const youngMs = 5_000;
/** Holds that are read in one go, and ended at the same time. */
const batchMax = 500;
/** How often MongoDB is asked for the open holds of a sale that was replaced. */
const findEveryMs = 60_000;
const atOnceMax = 20;

interface Dependencies {
  holds: Pick<HoldStore, 'byId' | 'unfinished' | 'openOf'>;
  ledger: Pick<HoldLedger, 'addDue' | 'dueBy' | 'dropDue' | 'takeLease' | 'renewLease'>;
  endHold: EndHold;
  sources: { list(): Promise<readonly SweptSale[]>; finished(saleId: string): void };
  /** Resolves to whether the page is being handed on at this moment: claims of the sale before may not be holds yet. */
  isHandingOn: () => Promise<boolean>;
  clock: Clock;
  /** This node has swept a sale once. */
  onSweep?: (tookMs: number) => void;
  onError: (error: unknown) => void;
}

/**
 * Ends holds that were not paid in time, and carries out ends whose node died. One node at a time does it, by a lease; two at once are
 * harmless, because each end is decided by an insert and each step can be repeated.
 */
export class HoldSweep {
  readonly #deps: Dependencies;
  readonly #repeated: Repeated;
  #stopped = false;
  /** Of each sale, the number under which this node sweeps, or did so last. */
  readonly #fences = new Map<string, number>();
  /** When MongoDB was asked for the open holds of each replaced sale. */
  readonly #lookedAt = new Map<string, number>();

  constructor(deps: Dependencies) {
    this.#deps = deps;
    this.#repeated = new Repeated(() => this.sweepOnce(), lookEveryMs, deps.onError);
  }

  start(): void {
    this.#repeated.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#repeated.stop();
  }

  async sweepOnce(): Promise<void> {
    for (const sale of await this.#deps.sources.list()) await this.#sweep(sale);
  }

  async #sweep({ isReplaced = false, ...at }: SweptSale): Promise<void> {
    const { ledger } = this.#deps;
    const fence = await this.#fence(at.saleId);
    if (fence === null) return;
    const startedAt = performance.now();
    const goOn = async () => !this.#stopped && (await ledger.renewLease(at.saleId, fence, leaseMsMax));
    await this.#carryOutUnfinished(goOn);
    if (isReplaced) await this.#findOpen(at);
    await this.#expireDue(at, `sweep ${at.epoch}.${fence}`, goOn);
    this.#deps.onSweep?.(performance.now() - startedAt);
  }

  /** Null: another node sweeps. */
  async #fence(saleId: string): Promise<number | null> {
    const { ledger } = this.#deps;
    const known = this.#fences.get(saleId);
    if (known !== undefined && (await ledger.renewLease(saleId, known, leaseMsMax))) return known;
    const fence = await ledger.takeLease(saleId, leaseMsMax);
    if (fence === null) this.#fences.delete(saleId);
    else this.#fences.set(saleId, fence);
    return fence;
  }

  async #carryOutUnfinished(goOn: () => Promise<boolean>): Promise<void> {
    const { holds, endHold, clock } = this.#deps;
    const ids = await holds.unfinished(clock.now() - youngMs, batchMax);
    await this.#each(ids, goOn, async (id) => {
      const record = await holds.byId(id);
      if (record === null) throw new Error(`hold ${id} has an end and is gone`);
      await endHold.finish(record);
    });
  }

  /** Redis may have lost when they are due, and is not rebuilt for a sale that was replaced. */
  async #findOpen(at: SaleEpoch): Promise<void> {
    const { holds, ledger, sources, isHandingOn, clock } = this.#deps;
    const now = performance.now();
    if (now - (this.#lookedAt.get(at.saleId) ?? Number.NEGATIVE_INFINITY) < findEveryMs) return;
    this.#lookedAt.set(at.saleId, now);
    // Asked first: what is claimed and not held yet would be missed afterwards.
    const mayGetMore = await isHandingOn();
    const open = await holds.openOf(at.saleId);
    if (open.length > 0) return ledger.addDue(at, open);
    const unfinished = await holds.unfinished(clock.now() + 1, batchMax);
    if (mayGetMore || unfinished.some((id) => id.startsWith(`${at.saleId}:`))) return;
    this.#lookedAt.delete(at.saleId);
    sources.finished(at.saleId);
  }

  async #expireDue(at: SaleEpoch, by: string, goOn: () => Promise<boolean>): Promise<void> {
    const { ledger, clock } = this.#deps;
    for (;;) {
      const ids = await ledger.dueBy(at, clock.now(), batchMax);
      let ended = 0;
      await this.#each(ids, goOn, async (id) => {
        await this.#expire(at, id, by);
        ended++;
      });
      if (ids.length < batchMax || ended < ids.length) return;
    }
  }

  async #expire(at: SaleEpoch, id: string, by: string): Promise<void> {
    const { holds, ledger, endHold, clock } = this.#deps;
    const record = await holds.byId(id);
    const now = clock.now();
    if (record !== null && record.end === null && isDue(record.hold, now)) {
      const expired: HoldEnd = { outcome: 'expired', at: now, by };
      await endHold.end(record.hold, expired);
    } else if (record !== null && record.end !== null) await endHold.finish(record);
    await ledger.dropDue(at, [id]);
  }

  /** One that fails stays for the next sweep. */
  async #each(
    ids: readonly string[],
    goOn: () => Promise<boolean>,
    work: (id: string) => Promise<void>,
  ): Promise<void> {
    for (let from = 0; from < ids.length && (await goOn()); from += atOnceMax) {
      await Promise.all(ids.slice(from, from + atOnceMax).map((id) => work(id).catch(this.#deps.onError)));
    }
  }
}
