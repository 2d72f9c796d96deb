import type { Sale, StartBody } from '@flipzon/protocol/schemas.ts';
import { FatalError } from '../fatal.ts';

const ANSWER_MS_MAX = 10_000;

/** Whether a sale has been scheduled on this shop yet. */
export async function hasSale(shop: string): Promise<boolean> {
  const answer = await fetch(`${shop}/status`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  const body = (await answer.json()) as { code?: string };
  return !(answer.status === 404 && body.code === 'no_sale');
}

/** Schedules a sale with that operator's token: by default 1000 iPhones, opening on the upcoming Sunday. */
export async function startSale(shop: string, token: string, body: Partial<StartBody> = {}): Promise<Sale> {
  const answer = await fetch(`${shop}/start`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
  });
  if (!answer.ok)
    throw new FatalError(`POST /start answered ${answer.status}: ${detailOf(await answer.text())}`);
  return ((await answer.json()) as { sale: Sale }).sale;
}

/** What a problem says in words, else all that was said. */
function detailOf(text: string): string {
  try {
    return String((JSON.parse(text) as { detail?: unknown }).detail ?? text).slice(0, 500);
  } catch {
    return text.slice(0, 500);
  }
}
