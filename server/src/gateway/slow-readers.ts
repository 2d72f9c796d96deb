import type { Connection } from './local-broadcast.ts';
import type { SocketServer } from './socket-server.ts';

/** What a socket may leave unread before it is dropped; a client that reads comes back and is told everything anew. */
const unreadBytesMax = 256 * 1024;
const unreadPacketsMax = 1_000;

/** Drops the sockets that do not read what they are sent; returns how many. */
export function dropSlowReaders(io: SocketServer): number {
  let dropped = 0;
  for (const socket of io.sockets.sockets.values()) {
    const { transport, writeBuffer } = socket.conn as unknown as Connection;
    const tcp = transport.socket?._socket;
    if ((tcp?.writableLength ?? 0) <= unreadBytesMax && writeBuffer.length <= unreadPacketsMax) continue;
    // A closing handshake would wait for all that is unread to be read.
    if (tcp == null) socket.conn.close(true);
    else tcp.destroy();
    dropped++;
  }
  return dropped;
}
