import { type BuyAnswer, buyRequest } from '@flipzon/protocol/schemas.ts';
import type { Buy } from '../sale/buy.ts';
import type { Clock } from '../sale/ports.ts';
import type { ClientSocket } from './socket-server.ts';

/** `buy` with an acknowledgement; one without is ignored, for nobody would learn what came of it. */
export function createOnBuy(buy: Buy, clock: Clock) {
  return async (socket: ClientSocket, payload: unknown, ack: unknown): Promise<void> => {
    if (typeof ack !== 'function') return;
    const answer = (value: BuyAnswer): void => ack(value);
    const { identity } = socket.data;
    if (identity === null || identity.expiresAt <= clock.now()) {
      return answer({ ok: false, code: 'unauthenticated', message: 'Sign in to buy.' });
    }
    if (identity.role !== 'customer') {
      return answer({ ok: false, code: 'forbidden', message: 'Only customers buy.' });
    }
    const request = buyRequest.safeParse(payload);
    if (!request.success) {
      return answer({ ok: false, code: 'invalid_request', message: 'Expected { saleId?, requestId }.' });
    }
    answer(await buy(identity.customerId, request.data));
  };
}
