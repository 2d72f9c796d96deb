import { type BuyAnswer, buyRequest } from '@flipzon/protocol/schemas.ts';
import type { GuardedBuy } from '../buying/guard-buy.ts';
import type { Clock } from '../sale/ports.ts';
import { noteDelivered } from './deliver-order.ts';
import type { Misuse } from './inbound-bounds.ts';
import type { ClientSocket } from './socket-server.ts';

interface Dependencies {
  buy: GuardedBuy;
  clock: Clock;
  onMisuse: (kind: Misuse) => void;
  onError: (error: unknown) => void;
}

/** `buy` with an acknowledgement; one without is ignored, because its client could not get the answer. */
export function createOnBuy({ buy, clock, onMisuse, onError }: Dependencies) {
  const answerTo = (socket: ClientSocket, payload: unknown): BuyAnswer | Promise<BuyAnswer> => {
    const { identity } = socket.data;
    if (identity === null || identity.expiresAt <= clock.now()) {
      return { ok: false, code: 'unauthenticated', message: 'Sign in to buy.' };
    }
    if (identity.role !== 'customer') {
      return { ok: false, code: 'forbidden', message: 'Only customers can buy. Use a customer’s token.' };
    }
    const request = buyRequest.safeParse(payload);
    if (!request.success) {
      onMisuse('invalid_payload');
      return { ok: false, code: 'invalid_request', message: 'Expected { saleId?, requestId, variant? }.' };
    }
    const { pass, access, ...wish } = request.data;
    return buy({ identity, network: socket.data.network, pass, access }, wish);
  };
  return (socket: ClientSocket, payload: unknown, ack: unknown): void => {
    if (typeof ack !== 'function') {
      onMisuse('no_callback');
      return;
    }
    const answer = answerTo(socket, payload);
    if (answer instanceof Promise)
      answerLater(socket, answer, (value) => {
        if (!value.ok && namesNoVariant.has(value.code)) onMisuse('invalid_payload');
        ack(value);
      }).catch(onError);
    else ack(answer);
  };
}

type Ack = (answer: BuyAnswer) => void;

/** Only the sale says which variants there are, so the payload alone does not show it. */
const namesNoVariant = new Set<string>(['variant_required', 'unknown_variant']);

/** A node that drains waits for it. */
async function answerLater(socket: ClientSocket, answer: Promise<BuyAnswer>, ack: Ack): Promise<void> {
  const { data } = socket;
  data.undecided = (data.undecided ?? 0) + 1;
  const value = await answer;
  data.undecided--;
  // Its customer's other sockets get the same as an `order` event.
  if (value.ok) noteDelivered(socket, value.order);
  ack(value);
}
