interface Rate {
  points: number;
  perMs: number;
}

/** ms until that customer or network may try another code of this sale; 0: now. Counts over all nodes. */
export type RedeemRate = (saleId: string, who: string, rate: Rate) => Promise<number>;

/** A person types a code again once or twice. */
const perCustomer = { points: 10, perMs: 60_000 };
/** An office or a carrier's customers share an address. */
const perNetwork = { points: 120, perMs: 60_000 };

/** `network`: null where it is not counted. */
export async function takeRedeem(
  rate: RedeemRate,
  { saleId, customerId, network }: { saleId: string; customerId: string; network: string | null },
): Promise<number> {
  const waitMs = await rate(saleId, `customer:${customerId}`, perCustomer);
  if (waitMs > 0 || network === null) return waitMs;
  return rate(saleId, `network:${network}`, perNetwork);
}
