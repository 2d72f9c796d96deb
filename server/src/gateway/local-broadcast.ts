import type { Socket as TcpSocket } from 'node:net';
import type { ServerToClientEvents } from '@flipzon/protocol/events.ts';
import type { ClientSocket, SocketServer } from './socket-server.ts';

/** What a socket may leave unread before it is dropped; a client that reads comes back and is told everything anew. */
const unreadBytesMax = 256 * 1024;
const unreadPacketsMax = 1_000;

/** The parts of Engine.IO and ws that are looked at; ws's own fields have no types. */
interface Wire {
  writeBuffer: readonly unknown[];
  transport: {
    name: string;
    writable: boolean;
    socket?: { readyState: number; _socket?: TcpSocket | null };
  };
}

const wsOpen = 1;

/** `droppable`: a socket that is busy may miss it. Says whether any did. */
export type LocalBroadcast = <Event extends keyof ServerToClientEvents>(
  event: Event,
  payload: Parameters<ServerToClientEvents[Event]>[0],
  droppable?: boolean,
) => boolean;

/**
 * One event to every socket of this node: encoded once into a WebSocket frame, which is handed to the TCP connections as it is. A socket that
 * still has something to send, or is no WebSocket, takes the way through Socket.IO, so that the order stays.
 */
export function createLocalBroadcast(io: SocketServer): LocalBroadcast {
  return (event, payload, droppable = false) => {
    const frame = textFrame(`42${JSON.stringify([event, payload])}`);
    let missed = false;
    for (const socket of io.sockets.sockets.values()) {
      const tcp = idleConnection(socket);
      if (tcp !== null) tcp.write(frame);
      else if (!droppable) socket.emit(event, ...([payload] as never));
      else {
        missed = true;
        if (!isWebSocket(socket)) socket.volatile.emit(event, ...([payload] as never));
      }
    }
    return missed;
  };
}

function isWebSocket(socket: ClientSocket): boolean {
  return socket.conn.transport.name === 'websocket';
}

/** Null when the socket has something to send already. */
export function idleConnection(socket: ClientSocket): TcpSocket | null {
  const { transport, writeBuffer } = socket.conn as unknown as Wire;
  if (!isWebSocket(socket) || !transport.writable || writeBuffer.length > 0) return null;
  const { socket: ws } = transport;
  if (ws?.readyState !== wsOpen || ws._socket == null || ws._socket.writableLength > 0) return null;
  return ws._socket;
}

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
    const { transport, writeBuffer } = socket.conn as unknown as Wire;
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

/** A whole text message in one unmasked frame (RFC 6455, 5.2). */
export function textFrame(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  if (bytes > 0xffff) throw new RangeError(`${bytes} bytes are no broadcast`);
  const short = bytes < 126;
  const frame = Buffer.allocUnsafe(bytes + (short ? 2 : 4));
  frame[0] = 0x81;
  if (short) frame[1] = bytes;
  else {
    frame[1] = 126;
    frame.writeUInt16BE(bytes, 2);
  }
  frame.write(text, short ? 2 : 4);
  return frame;
}
