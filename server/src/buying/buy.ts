import type { BuyOutcome } from '@flipzon/protocol/operator.ts';
import type { BuyAnswer, BuyRefused, BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { SaleSnapshot } from '../sale/current-sale.ts';
import type { ClaimLedger, ClaimOutcome } from '../sale/ledger-ports.ts';
import { requestsKeptMs } from '../sale/order.ts';
import type { Clock } from '../sale/ports.ts';
import { isoInstant, type SaleRecord } from '../sale/sale.ts';
import { faultOfVariant } from '../sale/variant.ts';
import { crashPoint } from '../shared/crash-point.ts';
import { withTimeout } from '../shared/with-timeout.ts';
import {
  type AnswerDependencies,
  type Asked,
  answerTo,
  boughtBefore,
  type Decided,
  lookUpMsMax,
  tooManySince,
} from './answer-buy.ts';
import {
  noSale,
  refused,
  reused,
  soldOut,
  tooBusy,
  tooMany,
  unavailable,
  unavailableRetryMs,
} from './buy-refusals.ts';
import type { OrderOfRequest } from './order-of-request.ts';
import { isVariantSoldOut, purchaseOf } from './purchase-of.ts';
import type { SoldOutMemory } from './sold-out-memory.ts';

/** A claim is decided within this time after the buy arrived, or not at all: after it, the customer has been asked to retry. */
const decideMsMax = 2000;

export interface BuyDependencies extends AnswerDependencies {
  ledger: Pick<ClaimLedger, 'claim' | 'countBuy' | 'claimsOf' | 'purchasesOf' | 'earlierOf'>;
  soldOut: SoldOutMemory;
  orderOfRequest: OrderOfRequest;
  clock: Clock;
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

interface AskedOfSale extends Asked {
  refusedIn: RefusedIn;
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
  if (current.snapshot === null) return request.saleId === undefined ? noSale : null;
  if (request.saleId !== undefined && request.saleId !== current.snapshot.sale.id) return null;
  if (faultOfVariant(current.snapshot.sale.terms.variants, request.variant) !== null) return null;
  if (memory.decide(customerId, request)?.code !== 'sold_out') return null;
  const overMs = rate.takeLocally(customerId);
  return overMs > 0 ? tooMany(overMs) : soldOut(current, arrivedAt);
}

async function decide(deps: BuyDependencies, asked: AskedOfSale): Promise<BuyAnswer> {
  const { customerId, request } = asked;
  const { snapshot } = deps.current;
  if (snapshot === null) return decideInFirst(deps, asked);
  const { sale } = snapshot;
  if (request.saleId !== undefined && request.saleId !== sale.id)
    return decideOfAnother(deps, snapshot, asked, request.saleId);
  const refusal = asked.refusedIn(sale);
  if (refusal !== null) return refusal;
  const fault = faultOfVariant(sale.terms.variants, request.variant);
  const known = fault === null ? deps.soldOut.decide(customerId, request) : null;
  const needsClaim =
    known === null && fault === null && !isVariantSoldOut(snapshot, request.variant, asked.arrivedAt);
  if (!needsClaim) {
    const overMs = deps.rate.takeLocally(customerId);
    if (overMs > 0) return tooMany(overMs);
  }
  const outcome: ClaimOutcome | Decided = needsClaim
    ? await claim(deps, snapshot, asked)
    : (known ?? (await purchaseOf(deps.ledger, snapshot, asked)) ?? { code: fault ?? 'sold_out' });
  crashPoint('buy.afterClaim');
  if (outcome.code === 'replaced') return lookAgain(deps, asked, sale.id, unavailable());
  return answerTo(deps, sale, asked, outcome);
}

function claim(
  { ledger }: BuyDependencies,
  { sale, epoch }: SaleSnapshot,
  { customerId, request: { requestId, variant }, arrivedAt }: Asked,
): Promise<ClaimOutcome> {
  const buy = { customerId, requestId, arrivedAt, decideBy: arrivedAt + decideMsMax };
  const place = sale.terms.variants?.findIndex(({ sku }) => sku === variant);
  crashPoint('buy.beforeClaim');
  return ledger.claim({ saleId: sale.id, epoch }, place === undefined ? buy : { ...buy, variant: place + 1 });
}

/** The client may have heard of the shop's first sale before this node. */
async function decideInFirst(deps: BuyDependencies, asked: AskedOfSale): Promise<BuyAnswer> {
  const overMs = deps.rate.takeLocally(asked.customerId);
  if (overMs > 0) return tooMany(overMs);
  await withTimeout(lookUpMsMax, deps.refresh());
  return deps.current.snapshot === null ? noSale : decide(deps, asked);
}

/** A buy that names a sale which is not the current one, as far as this node knows: it claims nothing, but may already have bought in that sale. */
async function decideOfAnother(
  deps: BuyDependencies,
  { sale, epoch }: SaleSnapshot,
  asked: AskedOfSale,
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
  if (order !== null) return boughtBefore(deps, asked, order);
  if (earlier !== null && arrivedAt - earlier.claim.claimedAt < requestsKeptMs) return reused;
  // The client may have heard of a new sale before this node.
  const notCurrent = refused('sale_not_active', 'This sale is not the current one. See GET /status.', {
    startsAt: isoInstant(sale.terms.startsAt),
  });
  return lookAgain(deps, asked, sale.id, notCurrent);
}

/** There may be a newer sale than this node knows of; then that sale decides. */
async function lookAgain(
  deps: BuyDependencies,
  asked: AskedOfSale,
  knownId: string,
  otherwise: BuyRefused,
): Promise<BuyAnswer> {
  await withTimeout(lookUpMsMax, deps.refresh());
  return deps.current.snapshot?.sale.id === knownId ? otherwise : decide(deps, asked);
}
