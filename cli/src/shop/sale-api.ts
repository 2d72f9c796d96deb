import type { StartBody } from '@flipzon/protocol/sale-terms.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import { FatalError } from '../fatal.ts';

const ANSWER_MS_MAX = 10_000;

/** Whether a sale has been scheduled on this shop yet. */
export async function hasSale(shop: string): Promise<boolean> {
  const answer = await fetch(`${shop}/status`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  const body = (await answer.json()) as { code?: string };
  return !(answer.status === 404 && body.code === 'no_sale');
}

/** Schedules a sale with that operator's token: by default 1000 iPhones, opening on the upcoming Sunday. */
export function startSale(shop: string, token: string, body: Partial<StartBody> = {}): Promise<Sale> {
  return operate(shop, token, { method: 'POST', path: '/start', body });
}

export function moveOpening(shop: string, token: string, saleId: string, startsAt: string): Promise<Sale> {
  return operate(shop, token, { method: 'PATCH', path: `/sales/${saleId}`, body: { startsAt } });
}

async function operate(
  shop: string,
  token: string,
  { method, path, body }: { method: 'POST' | 'PATCH'; path: string; body: object },
): Promise<Sale> {
  const answer = await fetch(`${shop}${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  });
  if (!answer.ok)
    throw new FatalError(`${method} ${path} answered ${answer.status}: ${detailOf(await answer.text())}`);
  return ((await answer.json()) as { sale: Sale }).sale;
}

/** The detail of a problem answer, or the whole answer if it has none. */
function detailOf(text: string): string {
  try {
    return String((JSON.parse(text) as { detail?: unknown }).detail ?? text).slice(0, 500);
  } catch {
    return text.slice(0, 500);
  }
}
