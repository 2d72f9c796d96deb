import type { BuyAnswer, BuyRefused, BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { BlockedCustomers, BuyerNetwork, Clock, Identity } from '../sale/ports.ts';
import { needsCode, presaleView } from '../sale/sale.ts';
import type { Buy } from './buy.ts';

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
  onPress: (customerId: string) => void;
  onRefused: (code: BuyRefused['code'], tookMs: number) => void;
}

/** Decides in memory, before anything else, whether a customer may buy at all: the defences against bots, apart from the sale. */
export function createGuardedBuy(deps: Dependencies): GuardedBuy {
  return (buyer, request) => {
    const startedAt = deps.now();
    deps.onPress(buyer.identity.customerId);
    const refusal = refusalOf(deps, buyer, request);
    if (refusal === null) return deps.buy(buyer.identity.customerId, request);
    deps.onRefused(refusal.code, deps.now() - startedAt);
    return refusal;
  };
}

function refusalOf(
  deps: Dependencies,
  { identity, network, pass, access }: Buyer,
  request: BuyRequest,
): BuyRefused | null {
  const { blocked, challenge, current, now } = deps;
  if (blocked.has(identity.customerId))
    return refused('forbidden', 'This customer is blocked. Contact the shop.');
  const announcedAt = current.snapshot?.sale.createdAt;
  const { accountCreatedAt } = identity;
  if (accountCreatedAt !== null && announcedAt !== undefined && accountCreatedAt >= announcedAt)
    return refused(
      'account_too_new',
      'This account was created after the sale was announced. It can buy in the next sale.',
    );
  const presale = withoutCode(deps, { customerId: identity.customerId, access }, request);
  if (presale !== null) return presale;
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

/** A sale without a presale costs one comparison. A buy that names an earlier sale asks for the answer that it got there. */
function withoutCode(
  { current, access: accessOf, clock }: Dependencies,
  { customerId, access }: { customerId: string; access: string | undefined },
  { saleId, variant }: BuyRequest,
): BuyRefused | null {
  const sale = current.snapshot?.sale;
  if (sale?.terms.presale === undefined || (saleId !== undefined && saleId !== sale.id)) return null;
  const nowMs = clock.now();
  if (!needsCode(sale.terms, nowMs)) return null;
  if (accessOf.isPass(access, { saleId: sale.id, customerId, variant }, nowMs)) return null;
  return refused(
    'access_code_needed',
    'This sale is open to customers with an access code now. Redeem yours first: POST /sales/:id/access.',
    presaleView(sale.terms.presale),
  );
}

function refused(
  code: BuyRefused['code'],
  message: string,
  more: Pick<BuyRefused, 'retryAfterMs' | 'codesUntil'> = {},
): BuyRefused {
  return { ok: false, code, message, ...more };
}
