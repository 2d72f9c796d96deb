import type { Socket as TcpSocket } from 'node:net';

/** The parts of Engine.IO and ws that are looked at; ws's own fields have no types. */
export interface Connection {
  writeBuffer: readonly unknown[];
  transport: { socket?: { _socket?: TcpSocket | null } };
  close(discard?: boolean): void;
}

export function tcpOf(connection: Connection): TcpSocket | null {
  return connection.transport.socket?._socket ?? null;
}

/** Ends a connection at once: a closing handshake would wait for all that is unread to be read, and for a client to take part in it. */
export function cutOff(connection: Connection): void {
  const tcp = tcpOf(connection);
  if (tcp === null) connection.close(true);
  else tcp.destroy();
}
