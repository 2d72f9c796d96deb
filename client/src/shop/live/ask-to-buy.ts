import type { BuyAnswer, BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { ShopSocket } from './open-socket.ts';

export const answerTimeoutMs = 5000;

/** `no_answer` says nothing about the claim: it may have been made, so the same request id has to be asked again. */
export async function askToBuy(socket: ShopSocket, request: BuyRequest): Promise<BuyAnswer | 'no_answer'> {
  // While disconnected, Socket.IO would keep the buy and send it whenever it connects again.
  if (!socket.connected) {
    return 'no_answer';
  }
  try {
    return await socket.timeout(answerTimeoutMs).emitWithAck('buy', request);
  } catch {
    return 'no_answer';
  }
}
