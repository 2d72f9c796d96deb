import type { Connection } from './local-broadcast.ts';
import type { SocketServer } from './socket-server.ts';

/** What a socket may leave unread before it is dropped; a client that reads comes back and is told everything anew. */
const unreadBytesMax = 256 * 1024;
const unreadPacketsMax = 1_000;

export interface Readers {
  /** Sockets that did not read what they were sent. */
  dropped: number;
  /** What the others have not read yet. */
  unreadBytes: { sum: number; max: number };
}

/** Drops the sockets that do not read what they are sent. */
export function lookAtReaders(io: SocketServer): Readers {
  const unreadBytes = { sum: 0, max: 0 };
  let dropped = 0;
  for (const socket of io.sockets.sockets.values()) {
    const { transport, writeBuffer } = socket.conn as unknown as Connection;
    const tcp = transport.socket?._socket;
    const unread = tcp?.writableLength ?? 0;
    if (unread <= unreadBytesMax && writeBuffer.length <= unreadPacketsMax) {
      unreadBytes.sum += unread;
      if (unread > unreadBytes.max) unreadBytes.max = unread;
      continue;
    }
    // A closing handshake would wait for all that is unread to be read.
    if (tcp == null) socket.conn.close(true);
    else tcp.destroy();
    dropped++;
  }
  return { dropped, unreadBytes };
}
