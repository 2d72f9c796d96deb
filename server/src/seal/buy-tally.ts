import type { BuyOutcome } from '@flipzon/protocol/operator.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import { DistinctCount } from '../shared/distinct-count.ts';
import { LatencyHistogram } from '../shared/latency-histogram.ts';

/** A killed node loses at most the counts of this long. */
export const tallyWrittenEveryMs = 2_000;
/** Sales are seldom replaced, so counts of few are kept at once. */
const salesMax = 4;

/** One node's answers to buys of one sale, since the node started. */
export interface TallyRecord {
  saleId: string;
  nodeId: string;
  /** By `BuyOutcome`. */
  answers: Readonly<Record<string, number>>;
  claimed: { counts: readonly number[]; maxMs: number };
  refused: { counts: readonly number[]; maxMs: number };
  /** The customers who pressed, as a `DistinctCount`; earlier versions did not count them. */
  pressed?: Uint8Array;
}

export interface TallyStore {
  /** Replaces the node's earlier record. */
  write(record: TallyRecord): Promise<void>;
  ofSale(saleId: string): Promise<TallyRecord[]>;
  /** About how many customers pressed; null where no node has counted them. */
  pressedIn(saleId: string): Promise<number | null>;
}

interface Counts {
  answers: Map<string, number>;
  claimed: LatencyHistogram;
  refused: LatencyHistogram;
  pressed: DistinctCount;
  dirty: boolean;
}

interface Dependencies {
  current: CurrentSale;
  store: TallyStore;
  nodeId: string;
  onError: (error: unknown) => void;
}

/**
 * Counts the answers that a node gives, for the sale's report: refusals leave no other trace. Whole counts are written, not increments,
 * and only this node writes them, so a write that is repeated or lost does no harm.
 */
export class BuyTally {
  readonly #deps: Dependencies;
  readonly #sales = new Map<string, Counts>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#write(), tallyWrittenEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#write();
  }

  /** `saleId`: of the order that is answered with; without one, the current sale. */
  count(outcome: BuyOutcome, tookMs: number, saleId?: string): void {
    const shownId = this.#deps.current.snapshot?.sale.id;
    const id = saleId ?? shownId;
    if (id === undefined) return;
    // An earlier sale whose counts were dropped is not counted again: that would replace its stored counts.
    const counts = this.#sales.get(id) ?? (id === shownId ? this.#begin(id) : null);
    if (counts === null) return;
    counts.answers.set(outcome, (counts.answers.get(outcome) ?? 0) + 1);
    if (outcome !== 'replayed') (outcome === 'claimed' ? counts.claimed : counts.refused).record(tookMs);
    counts.dirty = true;
  }

  /** A customer has asked for a unit of the current sale, whatever the answer will be. */
  press(customerId: string): void {
    const id = this.#deps.current.snapshot?.sale.id;
    if (id === undefined) return;
    const counts = this.#sales.get(id) ?? this.#begin(id);
    if (counts.pressed.add(customerId)) counts.dirty = true;
  }

  #begin(saleId: string): Counts {
    const counts: Counts = {
      answers: new Map(),
      claimed: new LatencyHistogram(),
      refused: new LatencyHistogram(),
      pressed: new DistinctCount(),
      dirty: false,
    };
    this.#sales.set(saleId, counts);
    const [oldest] = this.#sales.keys();
    if (this.#sales.size > salesMax && oldest !== undefined) this.#sales.delete(oldest);
    return counts;
  }

  /** One after the other: an older state must not arrive last. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNow()).catch(this.#deps.onError);
    return this.#writing;
  }

  async #writeNow(): Promise<void> {
    for (const [saleId, counts] of this.#sales) {
      if (!counts.dirty) continue;
      counts.dirty = false;
      const { answers, claimed, refused, pressed } = counts;
      try {
        await this.#deps.store.write({
          saleId,
          nodeId: this.#deps.nodeId,
          answers: Object.fromEntries(answers),
          claimed: { counts: [...claimed.counts], maxMs: claimed.maxMs },
          refused: { counts: [...refused.counts], maxMs: refused.maxMs },
          pressed: pressed.bytes,
        });
      } catch (error) {
        counts.dirty = true;
        throw error;
      }
    }
  }
}
