import type { ConnectRefusal } from '@flipzon/protocol/events.ts';
import type { BlockedCustomers, Tokens } from '../sale/ports.ts';
import { type ClientSocket, customerRoom } from './socket-server.ts';

interface Dependencies {
  tokens: Tokens;
  blocked: BlockedCustomers;
  /** Sockets of one customer, on this node. */
  socketsMax: number;
}

/** Without a token: a spectator. With an invalid one: no connection, so that no client wrongly believes that it is signed in. */
export function createAuthenticate({ tokens, blocked, socketsMax }: Dependencies) {
  return async (socket: ClientSocket, next: (error?: Error) => void): Promise<void> => {
    const { token } = socket.handshake.auth as { token?: unknown };
    if (token === undefined || token === null || token === '') {
      socket.data.identity = null;
      return next();
    }
    const identity = typeof token === 'string' ? await tokens.verify(token) : null;
    if (identity === null)
      return next(refusal({ code: 'unauthenticated', message: 'The token is not valid. Sign in again.' }));
    if (blocked.has(identity.customerId))
      return next(refusal({ code: 'forbidden', message: 'This customer is blocked. Contact the shop.' }));
    const here = socket.nsp.adapter.rooms.get(customerRoom(identity.customerId))?.size ?? 0;
    if (here >= socketsMax)
      return next(
        refusal({
          code: 'too_many_sockets',
          message: 'This customer has too many connections. Close one and try again.',
        }),
      );
    socket.data.identity = identity;
    next();
  };
}

function refusal(data: ConnectRefusal): Error {
  return Object.assign(new Error(data.message), { data });
}
