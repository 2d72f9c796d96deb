import type { BuyOutcome } from '@flipzon/protocol/operator.ts';
import type { BuyAccepted, BuyAnswer, BuyRefused, BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale, SaleSnapshot } from '../sale/current-sale.ts';
import type { ClaimLedger, ClaimOutcome, EarlierClaim, EarlierRequests } from '../sale/ledger-ports.ts';
import { type Claim, claimedOrder, requestsKeptMs } from '../sale/order.ts';
import type { BuyRate, Clock, OrderNotifier, ReceiptKeys } from '../sale/ports.ts';
import { isoInstant, type SaleRecord } from '../sale/sale.ts';
import { faultOfVariant, offerOf, type UnitOffer, type VariantFault } from '../sale/variant.ts';
import { crashPoint } from '../shared/crash-point.ts';
import { withTimeout } from '../shared/with-timeout.ts';
import type { OrderOfRequest } from './order-of-request.ts';
import type { OrderStatusReader } from './order-status.ts';
import { isVariantSoldOut, purchaseOf } from './purchase-of.ts';
import { signReceipt } from './receipt.ts';
import type { RecentClaims } from './recent-claims.ts';
import type { SoldOutMemory } from './sold-out-memory.ts';

/** How long a client that met an outage should wait before it asks again with the same request id. */
const unavailableRetryMs = 1000;

const backlogRetryMs = 2000;

/** A claim is decided this soon after the buy came, or not at all: by then the customer has got the answer to ask again. */
const decideMsMax = 2000;

/** A shopper waits at most this long to learn what they bought in another sale. */
const lookUpMsMax = 2_000;

const reused = refused(
  'request_id_reused',
  'This request id was already used to buy in another sale. Use a new one.',
);

export interface BuyDependencies {
  current: CurrentSale;
  ledger: Pick<ClaimLedger, 'claim' | 'countBuy' | 'claimsOf' | 'purchasesOf' | 'earlierOf'>;
  requests: Pick<EarlierRequests, 'write'>;
  soldOut: SoldOutMemory;
  rate: BuyRate;
  orderStatus: OrderStatusReader;
  orderOfRequest: OrderOfRequest;
  receiptKeys: ReceiptKeys;
  recent: RecentClaims;
  notifier: OrderNotifier;
  clock: Clock;
  /** Reads the current sale again. */
  refresh: () => Promise<void>;
  /** The epoch does not answer: recovery is due. */
  onClosed: () => void;
  /** `saleId`: of the order; without one, the current sale. */
  onAnswer: (outcome: BuyOutcome, tookMs: number, saleId?: string) => void;
  onFault: (error: unknown) => void;
}

/** Why a customer may not buy in that sale; null: they may. */
export type RefusedIn = (sale: SaleRecord) => BuyRefused | null;

/**
 * One buy of an authenticated customer, over either transport. Never rejects; an answer that needs no store comes at once. `refusedIn` is
 * asked about the sale that decides: another one may have taken over since the buy came, or this node may not have known it.
 */
export type Buy = (
  customerId: string,
  request: BuyRequest,
  refusedIn?: RefusedIn,
) => BuyAnswer | Promise<BuyAnswer>;

interface Asked {
  customerId: string;
  request: BuyRequest;
  arrivedAt: number;
  refusedIn: RefusedIn;
  /** The answer is a repeated one. */
  onReplay: () => void;
}

export function createBuy(deps: BuyDependencies): Buy {
  return (customerId, request, refusedIn = () => null) => {
    const startedAt = performance.now();
    const arrivedAt = deps.clock.now();
    let given: 'claimed' | 'replayed' = 'claimed';
    const tell = (answer: BuyAnswer): BuyAnswer => {
      const tookMs = performance.now() - startedAt;
      if (answer.ok) deps.onAnswer(given, tookMs, answer.order.saleId);
      else deps.onAnswer(answer.code, tookMs);
      return answer;
    };
    const onReplay = () => {
      given = 'replayed';
    };
    const known = fromMemory(deps, { customerId, request, arrivedAt });
    if (known !== null) return tell(known);
    return decide(deps, { customerId, request, arrivedAt, refusedIn, onReplay }).then(
      tell,
      (error: unknown) => {
        deps.onFault(error);
        return tell(unavailable());
      },
    );
  };
}

/** The answer, if this node can decide without Redis; else null. */
function fromMemory(
  { rate, soldOut: memory, current }: BuyDependencies,
  { customerId, request, arrivedAt }: Pick<Asked, 'customerId' | 'request' | 'arrivedAt'>,
): BuyRefused | null {
  const waitMs = rate.waitMs(customerId);
  if (waitMs > 0) return tooMany(waitMs);
  if (current.snapshot === null) return refused('no_sale', 'No sale has been scheduled. Try again later.');
  if (request.saleId !== undefined && request.saleId !== current.snapshot.sale.id) return null;
  if (faultOfVariant(current.snapshot.sale.terms.variants, request.variant) !== null) return null;
  if (memory.decide(customerId, request)?.code !== 'sold_out') return null;
  const overMs = rate.takeLocally(customerId);
  return overMs > 0 ? tooMany(overMs) : soldOut(current, arrivedAt);
}

async function decide(deps: BuyDependencies, asked: Asked): Promise<BuyAnswer> {
  const { customerId, request, arrivedAt } = asked;
  const { snapshot } = deps.current;
  if (snapshot === null) return refused('no_sale', 'No sale has been scheduled. Try again later.');
  const { sale, epoch } = snapshot;
  if (request.saleId !== undefined && request.saleId !== sale.id)
    return decideOfAnother(deps, snapshot, asked, request.saleId);
  const refusal = asked.refusedIn(sale);
  if (refusal !== null) return refusal;

  const { variants } = sale.terms;
  const fault = faultOfVariant(variants, request.variant);
  const known = fault === null ? deps.soldOut.decide(customerId, request) : null;
  const looksUp =
    known === null && (fault !== null || isVariantSoldOut(snapshot, request.variant, arrivedAt));
  if (known !== null || looksUp) {
    const overMs = deps.rate.takeLocally(customerId);
    if (overMs > 0) return tooMany(overMs);
  }
  if (looksUp) {
    const bought = await purchaseOf(deps.ledger, snapshot, asked);
    return answerTo(deps, sale, asked, bought ?? { code: fault ?? 'sold_out' });
  }
  const { requestId } = request;
  const buy = { customerId, requestId, arrivedAt, decideBy: arrivedAt + decideMsMax };
  const place = variants?.findIndex(({ sku }) => sku === request.variant);
  crashPoint('buy.beforeClaim');
  const outcome =
    known ??
    (await deps.ledger.claim(
      { saleId: sale.id, epoch },
      place === undefined ? buy : { ...buy, variant: place + 1 },
    ));
  crashPoint('buy.afterClaim');
  return answerTo(deps, sale, asked, outcome);
}

async function answerTo(
  deps: BuyDependencies,
  sale: SaleRecord,
  asked: Asked,
  outcome: ClaimOutcome | { code: VariantFault },
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
      return request.saleId === undefined ? boughtBefore(deps, asked, outcome) : reused;
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
        {
          retryAfterMs: backlogRetryMs,
        },
      );
    case 'expired':
      return unavailable();
    case 'replaced':
      return lookAgain(deps, asked, sale.id, unavailable());
    case 'closed':
      deps.onClosed();
      return unavailable();
  }
}

/** A buy that names a sale which is not the current one, as far as this node knows: it claims nothing, but may already have bought in that sale. */
async function decideOfAnother(
  deps: BuyDependencies,
  { sale, epoch }: SaleSnapshot,
  asked: Asked,
  saleId: string,
): Promise<BuyAnswer> {
  const { customerId, arrivedAt } = asked;
  const { requestId } = asked.request;
  const at = { saleId: sale.id, epoch };
  const overMs = await deps.ledger.countBuy(sale.id, customerId);
  if (overMs > 0) return tooManySince(deps, customerId, overMs);
  const claims = await deps.ledger.claimsOf(at, customerId, sale.perCustomer);
  if (claims.some(({ claim }) => claim.requestId === requestId)) return reused;
  // Redis has the purchases of the last day, MongoDB has all. MongoDB is read only if Redis does not settle the question.
  const earlier = await deps.ledger.earlierOf(at, customerId, requestId);
  if (earlier?.claim.saleId === saleId) return boughtBefore(deps, asked, earlier);
  const order = await withTimeout(lookUpMsMax, deps.orderOfRequest(saleId, customerId, requestId));
  if (order === 'busy') return tooBusy(unavailableRetryMs);
  if (order !== null) return boughtBefore(deps, asked, { claim: order, ...order });
  if (earlier !== null && arrivedAt - earlier.claim.claimedAt < requestsKeptMs) return reused;
  // The client may have heard of a new sale before this node.
  const notCurrent = refused(
    'sale_not_active',
    'This sale is not the current one. See GET /status.',
    startsAtOf(sale),
  );
  return lookAgain(deps, asked, sale.id, notCurrent);
}

/** There may be a newer sale than this node knows of; then that sale decides. */
async function lookAgain(
  deps: BuyDependencies,
  asked: Asked,
  knownId: string,
  otherwise: BuyRefused,
): Promise<BuyAnswer> {
  await withTimeout(lookUpMsMax, deps.refresh());
  return deps.current.snapshot?.sale.id === knownId ? otherwise : decide(deps, asked);
}

/** The next sale may have been made ready before this claim. Its keys get the claim before the customer gets the answer. */
async function tellNext({ current, requests }: BuyDependencies, earlier: EarlierClaim): Promise<void> {
  const { nextAt } = current;
  if (nextAt !== null && nextAt.epoch > 0) await requests.write(nextAt, [earlier]);
}

function boughtBefore(deps: BuyDependencies, asked: Asked, { claim, ...offer }: EarlierClaim): BuyAccepted {
  asked.onReplay();
  return bought(deps, claim, offer);
}

/**
 * The unit comes from a restock that this node has not heard of. Only the newest terms say which variant it is; null while this node cannot
 * read them, because a receipt with another price would contradict the order.
 */
async function offerOfNewUnit(
  deps: BuyDependencies,
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
function bought({ receiptKeys }: BuyDependencies, claim: Claim, offer: UnitOffer): BuyAccepted {
  const receipt = signReceipt(claim, offer.price, receiptKeys[0]);
  return { ok: true, order: claimedOrder(claim, offer), receipt };
}

/** Both times are by Redis's clock, so that the customer can compare them. */
function soldOut({ snapshot }: CurrentSale, arrivedAt: number): BuyRefused {
  const lastClaimAt = snapshot !== null && snapshot.stock.remaining <= 0 ? snapshot.lastClaimAt : null;
  return refused(
    'sold_out',
    snapshot !== null && snapshot.stock.remaining > 0 && snapshot.sale.terms.variants !== undefined
      ? 'This variant is sold out.'
      : 'All units are sold.',
    {
      arrivedAt: isoInstant(arrivedAt),
      ...(lastClaimAt === null ? {} : { soldOutAt: isoInstant(lastClaimAt) }),
    },
  );
}

function notActiveText(sale: SaleRecord, nowMs: number): string {
  if (sale.terms.endsAt !== null && nowMs >= sale.terms.endsAt) return 'The sale has ended.';
  return sale.terms.paused
    ? 'The sale is paused. Wait until it resumes.'
    : 'The sale has not started yet. It opens at startsAt.';
}

function startsAtOf(sale: SaleRecord): { startsAt: string } {
  return { startsAt: isoInstant(sale.terms.startsAt) };
}

/** Redis counted it over all nodes: until then, this node refuses without asking Redis. */
function tooManySince({ rate }: BuyDependencies, customerId: string, ms: number): BuyRefused {
  rate.refuse(customerId, ms);
  return tooMany(ms);
}

function tooMany(retryAfterMs: number): BuyRefused {
  return refused('too_many_requests', 'Too many buys in a short time. Try again after retryAfterMs.', {
    retryAfterMs,
  });
}

function tooBusy(retryAfterMs: number): BuyRefused {
  return refused('unavailable', 'The shop is too busy right now. Try again with the same request id.', {
    retryAfterMs,
  });
}

function unavailable(): BuyRefused {
  return refused('unavailable', 'The shop cannot answer right now. Try again with the same request id.', {
    retryAfterMs: unavailableRetryMs,
  });
}

function refused(
  code: BuyRefused['code'],
  message: string,
  more: Partial<Omit<BuyRefused, 'ok' | 'code' | 'message'>> = {},
): BuyRefused {
  return { ok: false, code, message, ...more };
}
