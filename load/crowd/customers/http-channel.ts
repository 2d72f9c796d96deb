import { buyRefused, orderAnswer, ordersAnswer } from '@flipzon/protocol/schemas.ts';
import { Gate } from '../../shared/gate.ts';
import type { HttpAnswer, HttpClient } from '../../shared/http-client.ts';
import type { Random } from '../../shared/random.ts';
import { sleep } from '../../shared/sleep.ts';
import type { Asked, Channel } from './channel.ts';
import { OrderBook } from './order-book.ts';

export interface HttpChannelOptions {
  http: HttpClient;
  token: string;
  random: Random;
}

/** All shoppers of a process together: on a slow database each read may scan every order, and more would only queue up there. */
const pollsAtOnce = new Gate(4);
const pollMsMin = 500;
const pollTimeoutMs = 10_000;
const pollMsMax = 4000;

/** A shopper without a socket: `POST /buy`, then `GET /orders/me` until the order is settled. */
export function createHttpChannel({ http, token, random }: HttpChannelOptions): Channel {
  const book = new OrderBook();

  /** Does not ask any more when its turn comes only after the deadline. */
  async function readOrders(deadlineMs: number): Promise<void> {
    const answer = await pollsAtOnce.run(async () => {
      const timeoutMs = Math.min(pollTimeoutMs, deadlineMs - performance.now());
      return timeoutMs <= 0 ? null : http({ method: 'GET', path: '/orders/me', token, timeoutMs });
    });
    const parsed = answer?.code === 'answered' ? ordersAnswer.safeParse(answer.body) : null;
    if (parsed?.success) for (const order of parsed.data.orders) book.note(order);
  }

  return {
    transport: 'http',
    book,
    connect: async () => {
      // As a page does first. It only matters that the shop answers; a sale need not be on yet.
      const answer = await http({ method: 'GET', path: '/status', token, timeoutMs: 15_000 });
      if (answer.code === 'failed') return { ok: false, code: 'failed' };
      if (answer.status !== 200 && answer.status !== 404) return { ok: false, code: `http_${answer.status}` };
      return { ok: true };
    },
    buy: async ({ requestId, ...body }, timeoutMs) => {
      const headers = { 'idempotency-key': requestId };
      const asked = readBuy(await http({ method: 'POST', path: '/buy', token, headers, body, timeoutMs }));
      if ('order' in asked && asked.order !== undefined) book.note(asked.order);
      return asked;
    },
    settled: async (order, timeoutMs) => {
      const deadlineMs = performance.now() + timeoutMs;
      for (
        let pollMs = pollMsMin;
        performance.now() < deadlineMs;
        pollMs = Math.min(pollMsMax, pollMs * 1.5)
      ) {
        await sleep(Math.min(pollMs * (0.5 + random()), deadlineMs - performance.now()));
        await readOrders(deadlineMs);
        const known = book.settledNow(order.id);
        if (known !== null) return known;
      }
      return null;
    },
    close: () => {},
  };
}

/** `201 { order }`, or a problem whose `code` says why not. */
export function readBuy(answer: HttpAnswer): Asked {
  if (answer.code === 'failed') return { ok: false, code: 'no_answer', message: answer.message };
  if (answer.status === 201) {
    const accepted = orderAnswer.safeParse(answer.body);
    if (accepted.success) return { ok: true, order: accepted.data.order };
  }
  const refused = buyRefused.safeParse({ ok: false, message: '', ...(answer.body as object | null) });
  if (refused.success && answer.status >= 400) return refused.data;
  return { ok: false, code: 'no_answer', message: `HTTP ${answer.status}` };
}
