import type { SessionEnded } from '@flipzon/protocol/session-schemas.ts';
import type { Identity } from '../sale/ports.ts';
import type { ClientSocket, SocketServer } from './socket-server.ts';

/** Once a second: notifies sockets whose token has expired, and ends their sessions. */
export function endExpired(io: SocketServer, now: number): void {
  endThose(io, ({ role, expiresAt }) => role === 'customer' && expiresAt <= now, {
    code: 'unauthenticated',
    message: 'The token has expired. Sign in again.',
  });
}

/** Blocked customers who are connected here. */
export function endBlocked(io: SocketServer, isBlocked: (customerId: string) => boolean): void {
  endThose(io, ({ customerId }) => isBlocked(customerId), {
    code: 'forbidden',
    message: 'This customer is blocked. Contact the shop.',
  });
}

/** People who have signed out everywhere, and are here. */
export function endSignedOut(io: SocketServer, hasEnded: (sessionId: string) => boolean): void {
  endThose(io, ({ sessionId }) => sessionId !== null && hasEnded(sessionId), {
    code: 'unauthenticated',
    message: 'The session has ended. Sign in again.',
  });
}

function endThose(io: SocketServer, isOver: (identity: Identity) => boolean, why: SessionEnded): void {
  for (const socket of io.sockets.sockets.values()) {
    const { identity } = socket.data;
    if (identity !== null && isOver(identity)) end(socket, why);
  }
}

function end(socket: ClientSocket, why: SessionEnded): void {
  socket.data.identity = null;
  socket.emit('sessionEnded', why);
  // Not `disconnect`, after which a client's library stays away: it comes back, and may watch.
  socket.conn.close();
}
