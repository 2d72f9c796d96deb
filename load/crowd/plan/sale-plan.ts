import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Shop } from '../../shared/shop.ts';
import { sleep } from '../../shared/sleep.ts';
import type { Options } from './arguments.ts';

/** `opensAtServerMs` by the server's clock; `null`: it is open already. */
export type SalePlan =
  | { ok: true; sale: Sale; opensAtServerMs: number | null }
  | { ok: false; message: string };

const noSaleWaitMs = 15_000;
const pollMs = 500;

/** A new sale, opening `leadS` from now. */
export async function scheduleSale(
  shop: Shop,
  operatorToken: string,
  { quantity, variants, leadS }: Pick<Options, 'quantity' | 'variants' | 'leadS'>,
  serverNowMs: number,
): Promise<SalePlan> {
  const startsAt = new Date(Math.ceil(serverNowMs + leadS * 1000)).toISOString();
  const started = await shop.start(operatorToken, {
    ...{ quantity, startsAt, name: 'iPhone' },
    ...(variants === 0 ? {} : { variants: splitUp(quantity, variants) }),
  });
  if (!started.ok) return { ok: false, message: `POST /start failed: ${started.message}.` };
  return { ok: true, sale: started.value, opensAtServerMs: Date.parse(started.value.startsAt) };
}

/** Each has at least one unit where there are enough; the first ones have one more. */
export function splitUp(quantity: number, variants: number) {
  return Array.from({ length: variants }, (_, index) => ({
    sku: `V${index + 1}`,
    name: `Variant ${index + 1}`,
    quantity: Math.floor(quantity / variants) + (index < quantity % variants ? 1 : 0),
  }));
}

/** The sale that is on or about to be; waits a little for one that is only just being scheduled. */
export async function joinSale(shop: Shop, waitMsMax: number): Promise<SalePlan> {
  const deadlineAtMs = performance.now() + noSaleWaitMs;
  let status = await shop.status();
  while (!status.ok && performance.now() < deadlineAtMs) {
    await sleep(pollMs);
    status = await shop.status();
  }
  if (!status.ok) return { ok: false, message: `There is no sale to join: GET /status: ${status.message}.` };
  const { sale, serverTime } = status.value;
  if (sale.status === 'live') return { ok: true, sale, opensAtServerMs: null };
  if (sale.status !== 'scheduled')
    return { ok: false, message: `The current sale cannot be joined: it is ${sale.status}.` };
  const opensAtServerMs = Date.parse(sale.startsAt);
  if (opensAtServerMs - Date.parse(serverTime) > waitMsMax) {
    return {
      ok: false,
      message: `The current sale opens only at ${sale.startsAt}, longer away than --timeout-s.`,
    };
  }
  return { ok: true, sale, opensAtServerMs };
}
