import type { Outbox, PersistClaims, SaleEpoch } from '../sale/ledger-ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import { crashPoint } from '../shared/crash-point.ts';
import { pause, retry } from '../shared/retry.ts';

const batchMax = 500;
/** Also how long a new sale waits for a writer that still listens to the old one. */
const waitForNewMs = 250;
/** An entry that its writer has not acknowledged for this long is claimed by another: that writer is dead, or stuck. */
const staleMs = 5_000;
const claimStaleEveryMs = 1_000;
/** Pause while there is no sale. */
const noSaleMs = 100;
const backoff = { msMin: 100, msMax: 2_000 };

const nothing = async () => undefined;

export interface WriterSource {
  sale: SaleRecord;
  at: SaleEpoch;
}

interface Dependencies {
  outbox: Outbox;
  persistClaims: PersistClaims;
  /** What to write now; null while there is no sale. Read again for every batch. */
  source: () => WriterSource | null;
  /** A batch was written and its customers were notified. */
  onBatch: (tookMs: number) => void;
  onError: (error: unknown) => void;
}

/**
 * Moves claims from the outbox into MongoDB, batch by batch. Any number of them may run, one to a node: the consumer group hands each
 * entry to one writer, and another claims an entry that stays unacknowledged for long.
 */
export class OrderWriter {
  readonly #deps: Dependencies;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #finishing: Promise<unknown> = Promise.resolve();
  #lastClaimStale = Number.NEGATIVE_INFINITY;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Resolves after the current batch. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#finishing;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) await this.#untilDone(() => this.#writeOnce());
  }

  async #writeOnce(): Promise<void> {
    const { signal } = this.#stopping;
    if (signal.aborted) return;
    const { outbox, persistClaims } = this.#deps;
    const source = this.#deps.source();
    if (source === null || source.at.epoch === 0) return pause(noSaleMs, signal);
    const { sale, at } = source;
    if (performance.now() - this.#lastClaimStale >= claimStaleEveryMs) {
      this.#lastClaimStale = performance.now();
      const stuck = await outbox.claimStale(at, batchMax, staleMs);
      if (stuck.length > 0) await (await persistClaims(sale, at, stuck, true))();
      // More may be waiting than one batch holds.
      if (stuck.length === batchMax) this.#lastClaimStale = Number.NEGATIVE_INFINITY;
    }
    const entries = await outbox.read(at, batchMax, waitForNewMs);
    if (entries.length === 0) return;
    crashPoint('writer.afterRead');
    const readAt = performance.now();
    const finish = await this.#untilDone(() => persistClaims(sale, at, entries, true));
    this.#deps.onBatch(performance.now() - readAt);
    // The next batch is written while this one is finished; never more than one is unfinished.
    await this.#finishing;
    this.#finishing = this.#untilDone(finish ?? nothing);
  }

  /** Retries the current batch until its outcome is known; its entries stay pending in Redis meanwhile. */
  #untilDone<T>(work: () => Promise<T>): Promise<T | undefined> {
    return retry(work, { backoff, signal: this.#stopping.signal, onError: this.#deps.onError });
  }
}
