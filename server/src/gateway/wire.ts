import type { Socket as TcpSocket } from 'node:net';

/*
 * The parts of Engine.IO and ws below a socket that are used here. Their own types do not have them.
 */

export interface Transport {
  name: string;
  socket?: { readyState: number; _socket?: TcpSocket | null };
}

export interface Connection {
  writeBuffer: readonly unknown[];
  transport: Transport;
  close(discard?: boolean): void;
  once(event: 'upgrade', then: () => void): void;
  /** A message has arrived. */
  on(event: 'data', then: (this: Connection) => void): void;
}

/** Null if the transport is not a WebSocket. */
export function tcpOf({ name, socket }: Transport): TcpSocket | null {
  return name === 'websocket' ? (socket?._socket ?? null) : null;
}

/** Ends a connection at once: a closing handshake would wait for all that is unread to be read, and for a client to take part in it. */
export function cutOff(connection: Connection): void {
  const tcp = tcpOf(connection.transport);
  if (tcp === null) connection.close(true);
  else tcp.destroy();
}
