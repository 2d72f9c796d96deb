import type { BuyAnswer, BuyRequest } from '@flipzon/protocol/schemas.ts';
import type { Passes } from '../challenge/passes.ts';
import type { Storage } from '../storage.ts';
import { keptAccess } from './device/kept-access.ts';
import type { KeptSession } from './keep-session.ts';
import { askToBuy } from './live/ask-to-buy.ts';
import { buyByRequest } from './live/buy-by-request.ts';
import type { ShopSocket } from './live/open-socket.ts';
import type { Store } from './model/store.ts';

/** Sends a buy; once more with the next token or pass, if that is what it was refused for. */
export function createSendBuy(needs: {
  store: Store;
  storage: Storage;
  socket: ShopSocket;
  session: KeptSession;
  passes: Passes;
}): (request: BuyRequest) => Promise<BuyAnswer | 'no_answer'> {
  const { store, storage, socket, session, passes } = needs;

  /** With what the customer has solved or redeemed for it. */
  function equipped(request: BuyRequest): BuyRequest {
    const { sale, customer } = store.get();
    const access = sale?.presale && keptAccess(storage, sale.id, customer?.id);
    return { ...passes.with(request), ...(access && { access }) };
  }

  /** Over a socket, or by a request where there is none: it is the same request either way. */
  function send(request: BuyRequest): Promise<BuyAnswer | 'no_answer'> {
    const { customer } = store.get();
    return socket.connected || customer === null
      ? askToBuy(socket, equipped(request))
      : buyByRequest(customer.token, equipped(request));
  }

  /** The token has expired in the middle of a press: the same request is sent again with the next one. */
  async function sendRenewed(request: BuyRequest, refusal: BuyAnswer): Promise<BuyAnswer | 'no_answer'> {
    const outcome = await session.renew();
    const { customer } = store.get();
    if (outcome === 'unreachable') return 'no_answer';
    return outcome === 'ended' || customer === null
      ? refusal
      : buyByRequest(customer.token, equipped(request));
  }

  return async (request) => {
    const answer = await send(request);
    if (answer === 'no_answer' || answer.ok) return answer;
    if (answer.code === 'unauthenticated') return sendRenewed(request, answer);
    if (answer.code !== 'challenge_required') return answer;
    return (await passes.renew()) ? send(request) : answer;
  };
}
