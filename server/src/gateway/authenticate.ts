import type { ConnectRefusal } from '@flipzon/protocol/events.ts';
import type { Tokens } from '../sale/ports.ts';
import type { ClientSocket } from './socket-server.ts';

/** Without a token: a spectator. With one that is not valid: no connection, so that nobody believes to be signed in. */
export function createAuthenticate(tokens: Tokens) {
  return async (socket: ClientSocket, next: (error?: Error) => void): Promise<void> => {
    const { token } = socket.handshake.auth as { token?: unknown };
    if (token === undefined || token === null || token === '') {
      socket.data.identity = null;
      return next();
    }
    const identity = typeof token === 'string' ? await tokens.verify(token) : null;
    if (identity === null)
      return next(refusal({ code: 'unauthenticated', message: 'The token is not valid.' }));
    socket.data.identity = identity;
    next();
  };
}

function refusal(data: ConnectRefusal): Error {
  return Object.assign(new Error(data.message), { data });
}
