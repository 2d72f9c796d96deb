import { setTimeout as delay } from 'node:timers/promises';
import type { Order } from '@flipzon/protocol/schemas.ts';
import type { Api } from './api.ts';
import type { Random } from './random.ts';

const againMs = 200;

/** The answers to each shopper, first to last. */
export interface Told {
  customerId: string;
  requestId: string;
  claimed: Order | null;
  confirmed: Order | null;
  /** Buys in this sale and in no other. */
  saleId?: string;
}

export interface Parts {
  environment: { nodes: readonly { url: string }[] };
  api: Api;
  random: Random;
  /** An answer to the operator says that the sale is over for good. */
  isOver?: () => boolean;
  /** Each answer to a buy, and how long it took; without one `code` is `no_answer`. */
  onAnswer?: (code: string, tookMs: number) => void;
}

/** Shoppers who press within `spreadMs`, and repeat the same request at any node until they have a final answer or `until` is reached. */
export async function press(
  parts: Parts,
  told: readonly Told[],
  spreadMs: number,
  until: number,
): Promise<void> {
  const starts = told.map((shopper) => ({ shopper, afterMs: parts.random.between(0, spreadMs) }));
  await Promise.all(
    starts.map(async ({ shopper, afterMs }) => {
      await delay(afterMs);
      await ask(parts, shopper, until);
    }),
  );
}

/** Whether there was a final answer. */
export async function ask(
  { environment, api, random, isOver, onAnswer }: Parts,
  shopper: Told,
  until: number,
): Promise<boolean> {
  while (Date.now() < until) {
    const { url } = random.pick(environment.nodes);
    const askedAt = performance.now();
    const wasOver = isOver?.() ?? false;
    const answer = await api.buy(url, shopper.customerId, shopper.requestId, shopper.saleId);
    // A refusal may show an order too: the one that the customer has already.
    const order = answer?.status === 201 ? answer.body.order : undefined;
    const code = order === undefined ? answer?.body.code : 'claimed';
    onAnswer?.(code ?? 'no_answer', performance.now() - askedAt);
    if (order !== undefined) {
      shopper.claimed ??= order;
      return true;
    }
    const refusal = answer?.body.code;
    if (refusal === 'sold_out' || (wasOver && refusal === 'sale_not_active')) return true;
    await delay(answer?.body.retryAfterMs ?? againMs);
  }
  return false;
}

/** Those who hold a claim look for its confirmation, as often as they get an answer. */
export async function lookForConfirmations(
  { environment, api, random }: Parts,
  saleId: string,
  told: readonly Told[],
): Promise<void> {
  for (const shopper of told) {
    if (shopper.claimed === null || shopper.confirmed !== null) continue;
    const orders = await api.ordersOf(random.pick(environment.nodes).url, shopper.customerId);
    shopper.confirmed =
      orders?.find((order) => order.saleId === saleId && order.status === 'confirmed') ?? null;
  }
}
