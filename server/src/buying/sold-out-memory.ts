import type { BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { ClaimLedger, ClaimOutcome, EarlierClaim, HeldClaim, SaleEpoch } from '../sale/ledger-ports.ts';
import type { Claim } from '../sale/order.ts';
import type { Clock } from '../sale/ports.ts';
import { type SaleRecord, type StockLevel, saleStatus } from '../sale/sale.ts';
import { outcomeOf } from './purchase-of.ts';

/** Pause before a list that could not be read is read again. */
const loadAgainMsDefault = 1_000;
/** A list of claims longer than this stays in Redis; buys are then decided there as before. */
const allClaimsMax = 100_000;
/** If more requests than this bought in earlier sales, they stay in Redis, and buys that name no sale are decided there. */
const earlierMax = 100_000;

interface AllClaims {
  at: SaleEpoch;
  /** The change of the stock after which no unit was left, or the last one that changed no claim. */
  seq: number;
  /** Units that were paid by then, in a sale that requires payment. */
  sold: number | undefined;
  perCustomer: number;
  claims: ReadonlyMap<string, readonly HeldClaim[]>;
  /** By customer and request; null when they are too many. */
  earlier: ReadonlyMap<string, EarlierClaim> | null;
}

interface Dependencies {
  current: CurrentSale;
  ledger: Pick<ClaimLedger, 'allClaims'>;
  clock: Clock;
  onError: (error: unknown) => void;
  loadAgainMs?: number;
}

/**
 * Once a sale is sold out, nothing that a buy could change is left, so each node answers from its own list of claims and no buy reaches
 * Redis. The list is valid for one `seq` only: a unit that comes back, or new units, change the stock and end it. A node that does not know
 * of that yet says "sold out" for a moment longer; it never sells. The list is also valid while all units are claimed and some are not paid yet: a
 * payment changes no claim and leaves the list valid, and a hold that ends without one gives its unit back and ends the list.
 */
export class SoldOutMemory implements Disposable {
  readonly #deps: Dependencies;
  #allClaims: AllClaims | null = null;
  #loading = false;
  #loadedAt = Number.NEGATIVE_INFINITY;
  #again: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    deps.current.changes.on('stock', this.#onStock);
  }

  readonly #onStock = (stock: Pick<StockLevel, 'remaining'>): void => {
    if (stock.remaining > 0) this.#allClaims = null;
    else {
      this.#passPayments();
      void this.#load();
    }
  };

  /** Each payment is a change by which one more unit is sold. If all changes since the list were that, the list is as it was. */
  #passPayments(): void {
    const stock = this.#deps.current.snapshot?.stock;
    const known = this.#allClaims;
    if (known?.sold === undefined || stock?.sold === undefined) return;
    if (stock.seq - known.seq !== stock.sold - known.sold) return;
    this.#allClaims = { ...known, seq: stock.seq, sold: stock.sold };
  }

  /** Null: Redis has to decide. */
  decide(customerId: string, { requestId, saleId }: BuyRequest): ClaimOutcome | null {
    const allClaims = this.#allClaims;
    const snapshot = this.#deps.current.snapshot;
    if (allClaims === null || snapshot === null) return null;
    const { sale, epoch, stock } = snapshot;
    if (sale.id !== allClaims.at.saleId || epoch !== allClaims.at.epoch || stock.seq !== allClaims.seq)
      return null;
    const own = allClaims.claims.get(customerId) ?? [];
    const earlier = allClaims.earlier?.get(keyOf({ customerId, requestId })) ?? null;
    const now = this.#deps.clock.now();
    const outcome = outcomeOf(own, earlier, { requestId, perCustomer: allClaims.perCustomer, now });
    if (outcome?.code === 'replayed') return outcome;
    if (allClaims.earlier === null && saleId === undefined) return null;
    if (outcome !== null) return outcome;
    const status = saleStatus(sale.terms, stock.remaining, now);
    return status === 'sold_out' ? { code: 'sold_out' } : null;
  }

  /** Resolves when the list matches the stock that this node knows, or when no list is kept. */
  #isUpToDate(): boolean {
    const { snapshot } = this.#deps.current;
    if (snapshot === null || snapshot.epoch === 0) return true;
    const { sale, epoch, stock } = snapshot;
    if (stock.remaining > 0 || sale.terms.quantity > allClaimsMax) return true;
    if (isTakingOver(sale)) return false;
    const at = this.#allClaims?.at;
    return at?.saleId === sale.id && at.epoch === epoch && this.#allClaims?.seq === stock.seq;
  }

  /** Loads until the list is up to date; a change in between or a failure is followed by another attempt. */
  async #load(): Promise<void> {
    clearTimeout(this.#again);
    if (this.#loading || this.#isUpToDate()) return;
    const againMs = this.#deps.loadAgainMs ?? loadAgainMsDefault;
    const stock = this.#deps.current.snapshot?.stock;
    const waitMs = stock?.sold === undefined ? 0 : this.#loadedAt + againMs - performance.now();
    // Holds that end one after the other, and are taken at once, must not make Redis send its list all the time; it answers until then.
    if (waitMs > 0) return this.#loadIn(waitMs);
    this.#loading = true;
    try {
      await this.#loadOnce();
    } catch (error) {
      this.#deps.onError(error);
    } finally {
      this.#loading = false;
      this.#loadedAt = performance.now();
    }
    if (this.#disposed || this.#isUpToDate()) return;
    this.#loadIn(againMs);
  }

  #loadIn(ms: number): void {
    this.#again = setTimeout(() => void this.#load(), ms);
  }

  async #loadOnce(): Promise<void> {
    const { current, ledger } = this.#deps;
    const { snapshot, at } = current;
    if (snapshot === null || at === null || isTakingOver(snapshot.sale)) return;
    const requiresPayment = snapshot.sale.terms.payment !== undefined;
    const found = await ledger.allClaims(at, earlierMax, requiresPayment);
    if (found === null || found.stock.remaining > 0) return;
    const claims = Map.groupBy(
      found.claims.toSorted((a, b) => a.claim.slot - b.claim.slot),
      ({ claim }) => claim.customerId,
    );
    const earlier = found.earlier && new Map(found.earlier.map((each) => [keyOf(each.claim), each]));
    const { seq, sold } = found.stock;
    this.#allClaims = { at, seq, sold, perCustomer: snapshot.sale.perCustomer, claims, earlier };
    this.#passPayments();
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    clearTimeout(this.#again);
    this.#deps.current.changes.off('stock', this.#onStock);
  }
}

/** It has the page, but the last claims of the sale before it are still being written beside its own. */
function isTakingOver({ takesOverAt }: SaleRecord): boolean {
  return takesOverAt != null;
}

function keyOf({ customerId, requestId }: Pick<Claim, 'customerId' | 'requestId'>): string {
  return `${customerId} ${requestId}`;
}
