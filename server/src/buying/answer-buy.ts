import type { BuyAccepted, BuyAnswer, BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { ClaimOutcome, EarlierClaim, EarlierRequests } from '../sale/ledger-ports.ts';
import { type Claim, claimedOrder } from '../sale/order.ts';
import type { BuyRate, OrderNotifier, ReceiptKeys } from '../sale/ports.ts';
import { isoInstant, type SaleRecord } from '../sale/sale.ts';
import { offerOf, type UnitOffer, type VariantFault } from '../sale/variant.ts';
import { withTimeout } from '../shared/with-timeout.ts';
import {
  backlogRetryMs,
  notActiveText,
  refused,
  reused,
  soldOut,
  tooBusy,
  tooMany,
  unavailable,
} from './buy-refusals.ts';
import type { OrderStatusReader } from './order-status.ts';
import { signReceipt } from './receipt.ts';
import type { RecentClaims } from './recent-claims.ts';

/** A shopper waits at most this long to learn what they bought, in another sale or by terms that this node has not read yet. */
export const lookUpMsMax = 2_000;

export interface AnswerDependencies {
  current: CurrentSale;
  requests: Pick<EarlierRequests, 'write'>;
  rate: BuyRate;
  orderStatus: OrderStatusReader;
  receiptKeys: ReceiptKeys;
  recent: RecentClaims;
  notifier: OrderNotifier;
  /** Reads the current sale again. */
  refresh: () => Promise<void>;
  /** The epoch does not answer: recovery is due. */
  onClosed: () => void;
}

export interface Asked {
  customerId: string;
  request: BuyRequest;
  arrivedAt: number;
  /** The answer is a repeated one. */
  onReplay: () => void;
}

/** How a buy ended in the sale that decided it. */
export type Decided = Exclude<ClaimOutcome, { code: 'replaced' }> | { code: VariantFault };

/** The customer's answer, and what else follows from the outcome: a notification, a receipt, a recovery. */
export async function answerTo(
  deps: AnswerDependencies,
  sale: SaleRecord,
  asked: Asked,
  outcome: Decided,
): Promise<BuyAnswer> {
  const { customerId, request, arrivedAt } = asked;
  switch (outcome.code) {
    case 'claimed':
    case 'replayed': {
      const { claim } = outcome;
      deps.recent.answered(claim);
      // A new claim is of the variant that was asked for.
      const wanted = outcome.code === 'claimed' ? request.variant : undefined;
      const offer = offerOf(sale, claim.unit) ?? (await offerOfNewUnit(deps, sale, claim.unit, wanted));
      if (offer === null) return unavailable();
      await tellNext(deps, { claim, ...offer });
      const answer = bought(deps, claim, offer);
      if (outcome.code === 'claimed') deps.notifier.notify(answer.order);
      else asked.onReplay();
      return answer;
    }
    case 'earlier':
      // A claim of this sale: its hold has ended.
      return request.saleId === undefined || request.saleId === outcome.claim.saleId
        ? boughtBefore(deps, asked, outcome)
        : reused;
    case 'variant_required':
      return refused('variant_required', 'This product has variants. Say which one to buy.');
    case 'unknown_variant':
      return refused('unknown_variant', 'The product has no such variant. See GET /status.');
    case 'limit_reached': {
      const { claim, cancelled } = outcome;
      const offer = offerOf(sale, claim.unit) ?? (await offerOfNewUnit(deps, sale, claim.unit));
      if (offer === null) return unavailable();
      const order = await deps.orderStatus(claim, offer, cancelled);
      return refused(
        'already_purchased',
        'This customer has reached the limit of units per customer. See GET /orders/me.',
        { order },
      );
    }
    case 'sold_out':
      return soldOut(deps.current, arrivedAt);
    case 'not_active':
      return refused('sale_not_active', notActiveText(sale, arrivedAt), {
        startsAt: isoInstant(outcome.startsAt),
      });
    case 'too_many':
      return tooManySince(deps, customerId, outcome.retryAfterMs);
    case 'busy':
      return tooBusy(outcome.retryAfterMs);
    case 'backlog':
      return refused(
        'unavailable',
        'Too many orders are waiting to be saved. Try again with the same request id.',
        { retryAfterMs: backlogRetryMs },
      );
    case 'expired':
      return unavailable();
    case 'closed':
      deps.onClosed();
      return unavailable();
  }
}

export function boughtBefore(
  deps: AnswerDependencies,
  asked: Asked,
  { claim, ...offer }: EarlierClaim,
): BuyAccepted {
  asked.onReplay();
  return bought(deps, claim, offer);
}

/** Redis counted it over all nodes: until then, this node refuses without asking Redis. */
export function tooManySince({ rate }: Pick<AnswerDependencies, 'rate'>, customerId: string, ms: number) {
  rate.refuse(customerId, ms);
  return tooMany(ms);
}

/** The next sale may have been made ready before this claim. Its keys get the claim before the customer gets the answer. */
async function tellNext({ current, requests }: AnswerDependencies, earlier: EarlierClaim): Promise<void> {
  const { nextAt } = current;
  if (nextAt !== null && nextAt.epoch > 0) await requests.write(nextAt, [earlier]);
}

/**
 * The unit comes from a restock that this node has not heard of. Only the newest terms say which variant it is; null while this node cannot
 * read them, because a receipt with another price would contradict the order.
 */
async function offerOfNewUnit(
  deps: AnswerDependencies,
  { id, product, terms }: SaleRecord,
  unit: number,
  sku?: string,
): Promise<UnitOffer | null> {
  if (terms.variants === undefined) return { price: product.price };
  const named = terms.variants.find((each) => each.sku === sku);
  if (named !== undefined) return { price: named.price, variant: named.sku };
  await withTimeout(lookUpMsMax, deps.refresh());
  const { snapshot } = deps.current;
  return snapshot?.sale.id === id ? offerOf(snapshot.sale, unit) : null;
}

/** The same request gets the same answer, even if the order's status has changed: that comes as an `order` event. */
function bought({ receiptKeys }: AnswerDependencies, claim: Claim, offer: UnitOffer): BuyAccepted {
  const receipt = signReceipt(claim, offer.price, receiptKeys[0]);
  return { ok: true, order: claimedOrder(claim, offer), receipt };
}
