import type { BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { SaleSnapshot } from '../sale/current-sale.ts';
import type { ClaimLedger, ClaimOutcome, EarlierClaim, HeldClaim } from '../sale/ledger-ports.ts';
import { requestsKeptMs } from '../sale/order.ts';
import { saleStatus } from '../sale/sale.ts';

interface Asked {
  customerId: string;
  request: BuyRequest;
  arrivedAt: number;
}

/**
 * The earlier purchase that decides this request; null if there is none. Read without a claim, in the order in which the
 * claim script looks: the same request gets the same answer, whichever variant it names now. Where the script would not decide, as after a
 * loss, neither does this.
 */
export async function purchaseOf(
  ledger: Pick<ClaimLedger, 'purchasesOf'>,
  { sale, epoch }: Pick<SaleSnapshot, 'sale' | 'epoch'>,
  { customerId, request, arrivedAt }: Asked,
): Promise<ClaimOutcome | null> {
  const buy = { customerId, requestId: request.requestId };
  const found = await ledger.purchasesOf({ saleId: sale.id, epoch }, buy, sale.perCustomer);
  if (found === null) return { code: 'closed' };
  const { claims, earlier, replacedAt } = found;
  if (replacedAt !== null && arrivedAt >= replacedAt) return { code: 'replaced' };
  return outcomeOf(claims, earlier, {
    requestId: request.requestId,
    perCustomer: sale.perCustomer,
    now: arrivedAt,
  });
}

/** What these purchases of a customer make of their request, in the order of the claim script; null: nothing. */
export function outcomeOf(
  claims: readonly HeldClaim[],
  earlier: EarlierClaim | null,
  { requestId, perCustomer, now }: { requestId: string; perCustomer: number; now: number },
): Extract<ClaimOutcome, { code: 'replayed' | 'earlier' | 'limit_reached' }> | null {
  const again = claims.find(({ claim }) => claim.requestId === requestId);
  if (again !== undefined) return { code: 'replayed', claim: again.claim };
  if (earlier !== null && now - earlier.claim.claimedAt < requestsKeptMs)
    return { code: 'earlier', ...earlier };
  const last = claims.at(-1);
  return last !== undefined && claims.length >= perCustomer ? { code: 'limit_reached', ...last } : null;
}

/** Whether the variant is sold out while others still sell. Such a buy needs no claim, only a look at what the customer has. */
export function isVariantSoldOut(
  { sale, stock }: SaleSnapshot,
  sku: string | undefined,
  now: number,
): boolean {
  const { variants } = sale.terms;
  if (variants === undefined || saleStatus(sale.terms, stock.remaining, now) !== 'live') return false;
  return stock.variants?.[variants.findIndex((each) => each.sku === sku)] === 0;
}
