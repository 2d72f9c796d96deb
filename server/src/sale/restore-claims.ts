import type { CurrentSale } from './current-sale.ts';
import { type Claim, claimedOrder, orderId, storedOrder } from './order.ts';
import type { ClaimLedger, OrderNotifier, OrderStore, SaleEpoch } from './ports.ts';
import type { RecentClaims } from './recent-claims.ts';

/** So many are asked at once, so that a restore does not stand in the way of everything else. */
const atOnceMax = 100;

export type RestoreOutcome = 'known' | 'other' | 'restored' | 'cancelled' | 'revoked' | 'closed' | 'too_old';

interface Dependencies {
  current: CurrentSale;
  ledger: Pick<ClaimLedger, 'restore'>;
  orders: Pick<OrderStore, 'byId'>;
  notifier: OrderNotifier;
  recent: RecentClaims;
  onRestore: (outcome: RestoreOutcome, claim: Claim) => void;
}

export interface RestoreClaims {
  /** A claim of which there is proof. Its customer is told what has become of it, unless nothing has. */
  one(claim: Claim): Promise<RestoreOutcome>;
  /** The claims that this node has answered lately, after a recovery. */
  recent(at: SaleEpoch): Promise<void>;
}

/** Brings claims back that a recovered Redis does not know, as long as there are units; the others are revoked, and told so. */
export function createRestoreClaims(deps: Dependencies): RestoreClaims {
  const { current, ledger, orders, notifier } = deps;

  const restore = async (claim: Claim): Promise<RestoreOutcome> => {
    const snapshot = current.snapshot;
    if (snapshot === null || snapshot.sale.id !== claim.saleId || snapshot.epoch === 0) return 'too_old';
    const { price } = snapshot.sale.product;
    const outcome = await ledger.restore({ saleId: claim.saleId, epoch: snapshot.epoch }, claim);
    switch (outcome.code) {
      case 'restored':
        notifier.notify(claimedOrder(outcome.claim, price));
        break;
      case 'other': {
        const stored = await orders.byId(orderId(claim)).catch(() => null);
        notifier.notify(stored === null ? claimedOrder(outcome.claim, price) : storedOrder(stored));
        break;
      }
      case 'revoked':
        notifier.notify(claimedOrder(claim, price, 'revoked'));
        break;
      default:
        break;
    }
    return outcome.code;
  };

  const one = async (claim: Claim): Promise<RestoreOutcome> => {
    const outcome = await restore(claim);
    deps.onRestore(outcome, claim);
    return outcome;
  };

  return {
    one,
    async recent(at) {
      const claims = deps.recent.ofSale(at.saleId);
      for (let from = 0; from < claims.length; from += atOnceMax) {
        await Promise.all(claims.slice(from, from + atOnceMax).map(one));
      }
    },
  };
}
