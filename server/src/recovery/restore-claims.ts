import type { CurrentSale } from '../sale/current-sale.ts';
import { heldOrder, keepsPlace } from '../sale/hold.ts';
import type { ClaimLedger, SaleEpoch } from '../sale/ledger-ports.ts';
import { type Claim, claimedOrder, orderId, storedOrder, withArrival } from '../sale/order.ts';
import type { OrderNotifier } from '../sale/ports.ts';
import type { HoldStore, OrderStore } from '../sale/store-ports.ts';
import { offerFor } from '../sale/variant.ts';

/** Claims that are restored at once, so that a restore does not block other work. */
const atOnceMax = 100;
/** While an epoch is still being built, claims wait; they are tried again this often. */
const againMs = 250;
/** Claims that may wait in a node; the rest can come back by their receipts. */
const waitingMax = 80_000;

export type RestoreOutcome = 'known' | 'other' | 'restored' | 'cancelled' | 'revoked' | 'too_old';

interface Dependencies {
  current: CurrentSale;
  ledger: Pick<ClaimLedger, 'restore'>;
  orders: Pick<OrderStore, 'byId'>;
  holds: Pick<HoldStore, 'ofClaim'>;
  notifier: OrderNotifier;
  /** Claims that this node has seen lately. */
  recent: { ofSale(saleId: string): Claim[] };
  onRestore: (outcome: RestoreOutcome, claim: Claim) => void;
  onError: (error: unknown) => void;
}

/** Restores claims that a recovered Redis does not know, as long as there are units; revokes the others and notifies their customers. */
export class RestoreClaims implements Disposable {
  readonly #deps: Dependencies;
  readonly #waiting = new Map<string, Claim>();
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: Dependencies) {
    this.#deps = deps;
    deps.current.changes.on('epoch', (at) => this.#presentRecent(at));
  }

  /** Restores a claim of which there is proof, perhaps a little later. Its customer is notified if anything about it has changed. */
  async redeem(claim: Claim): Promise<void> {
    try {
      const outcome = await this.#restore(claim);
      if (outcome === 'closed') return this.#wait(claim);
      this.#waiting.delete(orderId(claim));
      this.#deps.onRestore(outcome, claim);
    } catch (error) {
      this.#deps.onError(error);
      this.#wait(claim);
    }
  }

  /** Redis was rebuilt: this node restores what it has answered lately. */
  #presentRecent(at: SaleEpoch): void {
    for (const claim of this.#deps.recent.ofSale(at.saleId)) this.#wait(claim);
  }

  #wait(claim: Claim): void {
    const id = orderId(claim);
    const known = this.#waiting.get(id);
    if (known !== undefined || this.#waiting.size < waitingMax)
      this.#waiting.set(id, withArrival(known, claim));
    this.#timer ??= setTimeout(() => void this.#presentWaiting(), againMs);
  }

  async #presentWaiting(): Promise<void> {
    const claims = [...this.#waiting.values()];
    for (let from = 0; from < claims.length; from += atOnceMax) {
      await Promise.all(claims.slice(from, from + atOnceMax).map((claim) => this.redeem(claim)));
    }
    this.#timer = undefined;
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => void this.#presentWaiting(), againMs);
  }

  async #restore(claim: Claim): Promise<RestoreOutcome | 'closed'> {
    const { current, ledger, orders, holds, notifier } = this.#deps;
    const { snapshot } = current;
    if (snapshot === null || snapshot.sale.id !== claim.saleId) return 'too_old';
    const { sale } = snapshot;
    // Redis does not keep claims whose holds have ended, so that their customers can try again.
    const record = sale.terms.payment === undefined ? null : await holds.ofClaim(claim);
    if (record !== null && !keepsPlace(record.end)) {
      notifier.notify(heldOrder(record));
      return 'cancelled';
    }
    const outcome = await ledger.restore({ saleId: claim.saleId, epoch: snapshot.epoch }, claim);
    switch (outcome.code) {
      case 'restored':
        notifier.notify(claimedOrder(outcome.claim, offerFor(sale, outcome.claim.unit)));
        break;
      case 'other': {
        const stored = await orders.byId(orderId(claim)).catch(() => null);
        notifier.notify(
          stored === null
            ? claimedOrder(outcome.claim, offerFor(sale, outcome.claim.unit))
            : storedOrder(stored),
        );
        break;
      }
      case 'revoked':
        notifier.notify(claimedOrder(claim, offerFor(sale, claim.unit), 'revoked'));
        break;
      default:
        break;
    }
    return outcome.code;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }
}
