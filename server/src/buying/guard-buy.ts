import type { BuyAnswer, BuyRefused, BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { BlockedCustomers, BuyerNetwork, Clock, Identity } from '../sale/ports.ts';
import { needsCode, presaleView, type SaleRecord } from '../sale/sale.ts';
import type { Buy } from './buy.ts';
import { refused } from './buy-refusals.ts';

export interface Buyer {
  identity: Identity;
  network: BuyerNetwork;
  /** The client's proof that it has solved a challenge. */
  pass?: string | undefined;
  /** The client's proof that it has redeemed an access code. */
  access?: string | undefined;
}

/** A buy over either transport, with its customer and network. Never rejects. */
export type GuardedBuy = (buyer: Buyer, request: BuyRequest) => BuyAnswer | Promise<BuyAnswer>;

interface Dependencies {
  buy: Buy;
  blocked: BlockedCustomers;
  challenge: {
    isRequired(network: BuyerNetwork): boolean;
    hasPassed(customerId: string, pass: string | undefined): boolean;
  };
  access: {
    isPass(
      text: string | undefined,
      holder: { saleId: string; customerId: string; variant?: string | undefined },
      nowMs: number,
    ): boolean;
  };
  /** By the clock that claims are decided by. */
  clock: Clock;
  current: CurrentSale;
  /** Monotonic, ms. */
  now: () => number;
  /** Asks for a unit of the current sale. */
  onPress: (customerId: string) => void;
  onRefused: (code: BuyRefused['code'], tookMs: number) => void;
}

/** Decides in memory, before anything else, whether a customer may buy at all: the defences against bots, apart from the sale. */
export function createGuardedBuy(deps: Dependencies): GuardedBuy {
  return (buyer, request) => {
    const startedAt = deps.now();
    const { saleId } = request;
    // Read once: another sale may take over between two reads.
    const asked = deps.current.snapshot?.sale;
    if (saleId === undefined || saleId === asked?.id) deps.onPress(buyer.identity.customerId);
    const refusal = refusalOf(deps, asked, buyer, request);
    if (refusal === null)
      return deps.buy(buyer.identity.customerId, request, (sale) =>
        sale === asked ? null : refusedIn(deps, sale, buyer, request),
      );
    deps.onRefused(refusal.code, deps.now() - startedAt);
    return refusal;
  };
}

function refusalOf(
  deps: Dependencies,
  sale: SaleRecord | undefined,
  buyer: Buyer,
  request: BuyRequest,
): BuyRefused | null {
  const { identity, network, pass } = buyer;
  const { blocked, challenge, now } = deps;
  if (blocked.has(identity.customerId))
    return refused('forbidden', 'This customer is blocked. Contact the shop.');
  const inSale = sale === undefined ? null : refusedIn(deps, sale, buyer, request);
  if (inSale !== null) return inSale;
  if (challenge.isRequired(network) && !challenge.hasPassed(identity.customerId, pass))
    return refused('challenge_required', 'A challenge must be solved first: see GET /challenge.');
  const retryAfterMs = network.takeBuy(now());
  return retryAfterMs === 0
    ? null
    : refused(
        'too_many_requests',
        'Too many buys from one network in a short time. Try again after retryAfterMs.',
        { retryAfterMs },
      );
}

/** What the sale itself requires of its customers. A buy may meet other terms or a newer sale than the guard did, and is then checked again. */
function refusedIn(
  { access: accessOf, clock }: Dependencies,
  { id, createdAt, terms }: SaleRecord,
  { identity: { customerId, accountCreatedAt }, access }: Buyer,
  { saleId, variant }: BuyRequest,
): BuyRefused | null {
  if (accountCreatedAt !== null && accountCreatedAt >= createdAt)
    return refused(
      'account_too_new',
      'This account was created after the sale was announced. It can buy in the next sale.',
    );
  // A sale without a presale costs one comparison. A buy that names an earlier sale asks for the answer that it got there.
  if (terms.presale === undefined || (saleId !== undefined && saleId !== id)) return null;
  const nowMs = clock.now();
  if (!needsCode(terms, nowMs)) return null;
  if (accessOf.isPass(access, { saleId: id, customerId, variant }, nowMs)) return null;
  return refused(
    'access_code_needed',
    'Only customers with an access code can buy now. Redeem yours first: POST /sales/:id/access.',
    presaleView(terms.presale),
  );
}
