import type { SessionEnded } from '@flipzon/protocol/schemas.ts';
import type { ClientSocket, SocketServer } from './socket-server.ts';

/** Once a second: notifies sockets whose token has expired, and ends their sessions. */
export function endExpired(io: SocketServer, now: number): void {
  for (const socket of io.sockets.sockets.values()) {
    const { identity } = socket.data;
    if (identity?.role !== 'customer' || identity.expiresAt > now) continue;
    end(socket, { code: 'unauthenticated', message: 'The token has expired. Sign in again.' });
  }
}

/** Blocked customers who are connected here. */
export function endBlocked(io: SocketServer, isBlocked: (customerId: string) => boolean): void {
  for (const socket of io.sockets.sockets.values()) {
    const { identity } = socket.data;
    if (identity === null || !isBlocked(identity.customerId)) continue;
    end(socket, { code: 'forbidden', message: 'This customer is blocked. Contact the shop.' });
  }
}

/** People who have signed out everywhere, and are here. */
export function endSignedOut(io: SocketServer, hasEnded: (sessionId: string) => boolean): void {
  for (const socket of io.sockets.sockets.values()) {
    const sessionId = socket.data.identity?.sessionId ?? null;
    if (sessionId === null || !hasEnded(sessionId)) continue;
    end(socket, { code: 'unauthenticated', message: 'The session has ended. Sign in again.' });
  }
}

function end(socket: ClientSocket, why: SessionEnded): void {
  socket.data.identity = null;
  socket.emit('sessionEnded', why);
  // Not `disconnect`, after which a client's library stays away: it comes back, and may watch.
  socket.conn.close();
}
