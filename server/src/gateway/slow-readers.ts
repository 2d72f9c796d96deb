import { connectionOf, cutOff, tcpOf } from './private-fields.ts';
import type { SocketServer } from './socket-server.ts';

/** What a socket may leave unread before it is dropped; a client that reads reconnects and gets the whole state again. */
const unreadBytesMax = 256 * 1024;
const unreadPacketsMax = 1_000;

export interface Readers {
  /** Sockets that did not read what they were sent. */
  dropped: number;
  /** Bytes that the others have not read yet. */
  unreadBytes: { sum: number; max: number };
}

/** Drops the sockets that do not read what they are sent. */
export function lookAtReaders(io: SocketServer): Readers {
  const unreadBytes = { sum: 0, max: 0 };
  let dropped = 0;
  for (const socket of io.sockets.sockets.values()) {
    const connection = connectionOf(socket);
    const unread = tcpOf(connection.transport)?.writableLength ?? 0;
    if (unread <= unreadBytesMax && connection.writeBuffer.length <= unreadPacketsMax) {
      unreadBytes.sum += unread;
      if (unread > unreadBytes.max) unreadBytes.max = unread;
      continue;
    }
    cutOff(connection);
    dropped++;
  }
  return { dropped, unreadBytes };
}
