import type { BuyAnswer, BuyRefused, BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { BlockedCustomers, BuyerNetwork, Identity } from '../sale/ports.ts';
import type { Buy } from './buy.ts';

export interface Buyer {
  identity: Identity;
  network: BuyerNetwork;
  /** The client's proof that it has solved a challenge. */
  pass?: string | undefined;
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
    const refusal = refusalOf(deps, buyer);
    if (refusal === null) return deps.buy(buyer.identity.customerId, request);
    deps.onRefused(refusal.code, deps.now() - startedAt);
    return refusal;
  };
}

function refusalOf(deps: Dependencies, { identity, network, pass }: Buyer): BuyRefused | null {
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

function refused(
  code: BuyRefused['code'],
  message: string,
  more: { retryAfterMs?: number } = {},
): BuyRefused {
  return { ok: false, code, message, ...more };
}
