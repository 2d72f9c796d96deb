import type { ClaimOutcome, SaleEpoch } from '../sale/ledger-ports.ts';

export interface BuyToDecide {
  customerId: string;
  requestId: string;
  /** ms since 1970 */
  arrivedAt: number;
  /** ms since 1970, by Redis's clock: later than this nothing is claimed any more. Without it, at any time. */
  decideBy?: number;
  /** The place of the variant among the product's, from 1; for every buy of a sale with variants, and for none without. */
  variant?: number | undefined;
}

interface Waiting {
  at: SaleEpoch;
  buy: BuyToDecide;
  resolve: (outcome: ClaimOutcome) => void;
  reject: (reason: unknown) => void;
}

/** Buys in one call at most: a call blocks Redis for others for a fraction of a millisecond. */
const perCallMax = 64;
/** While Redis writes one call to its disk, the next is with it already; a third would only wait there, and with fewer buys in it. */
const underWayMax = 2;
/** A buy waits at most this long for calls that are under way. */
const waitMsMax = 20;
/** Open buys of one node at most: further ones are answered `busy`. */
const openMax = 10_000;
const busyMsMin = 250;
const busyMsMax = 5_000;

type Call = (at: SaleEpoch, buys: readonly BuyToDecide[]) => Promise<readonly ClaimOutcome[]>;

/**
 * Buys that reach the node in one turn of its event loop go to Redis in one call, in the order in which they came. None waits for another
 * to come; but while two calls are under way, later buys are gathered for the next, so that many buys of a crowd share a call.
 */
export class ClaimCalls {
  readonly #call: Call;
  readonly #onCall: (tookMs: number) => void;
  #waiting: Waiting[] = [];
  #open = 0;
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;
  /** How long the last call took; a new one takes about as long. */
  #tookMs = 0;

  constructor(call: Call, onCall: (tookMs: number) => void = () => undefined) {
    this.#call = call;
    this.#onCall = onCall;
  }

  /** Buys that are not decided yet. */
  get open(): number {
    return this.#open;
  }

  /** Rejects when the outcome is unknown; asking again with the same request id is then safe. */
  decide(at: SaleEpoch, buy: BuyToDecide): Promise<ClaimOutcome> {
    if (this.#open >= openMax) return Promise.resolve({ code: 'busy', retryAfterMs: this.#retryAfterMs() });
    this.#open++;
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ at, buy, resolve, reject }) > 1) return;
      if (this.#underWay < underWayMax) setImmediate(() => this.#send(underWayMax));
      else this.#sendAllInTime();
    });
  }

  /** What waits, call by call, while fewer than `callsMax` are under way. */
  #send(callsMax: number): void {
    const waiting = this.#waiting;
    let from = 0;
    while (from < waiting.length && this.#underWay < callsMax) {
      const to = endOfCall(waiting, from);
      void this.#sendCall((waiting[from] as Waiting).at, waiting.slice(from, to));
      from = to;
    }
    this.#waiting = waiting.slice(from);
    if (this.#waiting.length > 0) {
      this.#sendAllInTime();
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** A timer that runs already is for the buy that has waited longest. */
  #sendAllInTime(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#send(Number.POSITIVE_INFINITY);
    }, waitMsMax);
  }

  async #sendCall(at: SaleEpoch, calls: readonly Waiting[]): Promise<void> {
    const startedAt = performance.now();
    this.#underWay++;
    try {
      const outcomes = await this.#call(
        at,
        calls.map(({ buy }) => buy),
      );
      for (const [index, { resolve, reject }] of calls.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) reject(new Error('a buy was not decided'));
        else resolve(outcome);
      }
    } catch (error) {
      for (const { reject } of calls) reject(error);
    } finally {
      this.#tookMs = performance.now() - startedAt;
      this.#open -= calls.length;
      this.#underWay--;
      this.#onCall(this.#tookMs);
      // Before the answers are sent, so that Redis does not wait for that.
      if (this.#timer !== undefined && this.#underWay < underWayMax) this.#send(underWayMax);
    }
  }

  /** When the open buys are likely to be decided, with a random spread. */
  #retryAfterMs(): number {
    const ms = Math.min(Math.max(2 * this.#tookMs, busyMsMin), busyMsMax);
    return Math.round(ms * (1 + Math.random()));
  }
}

/** Where the call that begins with the buy at `from` ends: it is for one epoch, and not too long. */
function endOfCall(waiting: readonly Waiting[], from: number): number {
  const { saleId, epoch } = (waiting[from] as Waiting).at;
  let to = from + 1;
  while (
    to < waiting.length &&
    to - from < perCallMax &&
    waiting[to]?.at.epoch === epoch &&
    waiting[to]?.at.saleId === saleId
  )
    to++;
  return to;
}
