import { type BuyAnswer, buyRequest } from '@flipzon/protocol/schemas.ts';
import type { Buy } from '../sale/buy.ts';
import type { Clock } from '../sale/ports.ts';
import type { ClientSocket } from './socket-server.ts';

/** `buy` with an acknowledgement; one without is ignored, for nobody would learn what came of it. */
export function createOnBuy(buy: Buy, clock: Clock, onError: (error: unknown) => void) {
  const answerTo = (socket: ClientSocket, payload: unknown): BuyAnswer | Promise<BuyAnswer> => {
    const { identity } = socket.data;
    if (identity === null || identity.expiresAt <= clock.now()) {
      return { ok: false, code: 'unauthenticated', message: 'Sign in to buy.' };
    }
    if (identity.role !== 'customer') {
      return { ok: false, code: 'forbidden', message: 'Only customers buy.' };
    }
    const request = buyRequest.safeParse(payload);
    if (!request.success) {
      return { ok: false, code: 'invalid_request', message: 'Expected { saleId?, requestId }.' };
    }
    return buy(identity.customerId, request.data);
  };
  return (socket: ClientSocket, payload: unknown, ack: unknown): void => {
    if (typeof ack !== 'function') return;
    const answer = answerTo(socket, payload);
    if (answer instanceof Promise) answerLater(socket, answer, ack as Ack).catch(onError);
    else ack(answer);
  };
}

type Ack = (answer: BuyAnswer) => void;

/** A node that goes away waits for it. */
async function answerLater({ data }: ClientSocket, answer: Promise<BuyAnswer>, ack: Ack): Promise<void> {
  data.undecided = (data.undecided ?? 0) + 1;
  const value = await answer;
  data.undecided--;
  ack(value);
}
