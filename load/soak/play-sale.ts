import type { Judgement } from '../chaos/judge.ts';
import { settled, startSale } from '../chaos/round.ts';
import { lookForConfirmations, type Parts, press, type Told } from '../chaos/shoppers.ts';

const spreadMs = 1_000;
const saleMsMax = 120_000;

/** One sale from its opening until every order of it is written, and the judgement on it. */
export async function playSale(parts: Parts, shoppers: number): Promise<Judgement> {
  const until = Date.now() + saleMsMax;
  const sale = await startSale(parts.environment, parts.api, { quantity: Math.ceil((shoppers * 2) / 3) });
  const told = Array.from({ length: shoppers }, (_, index): Told => {
    const customerId = `${sale.id}-${index}`;
    return { customerId, requestId: `${customerId}-only`, claimed: null, confirmed: null };
  });
  await press(parts, told, spreadMs, until);
  await lookForConfirmations(parts, sale.id, told);
  return settled(parts, { sale, told }, until);
}
