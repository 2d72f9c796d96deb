import type { Socket as TcpSocket } from 'node:net';
import type { ServerToClientEvents } from '@flipzon/protocol/events.ts';
import { type Connection, connectionOf, type Transport, tcpOf } from './private-fields.ts';
import { shared } from './shared-listener.ts';
import type { ClientSocket, SocketServer } from './socket-server.ts';
import { textFrame } from './text-frame.ts';

/** A socket with direct references to its connection: with thousands of sockets, each step from one object to the next waits for memory. */
interface Target {
  socket: ClientSocket;
  connection: Connection;
  transport: Transport;
  tcp: TcpSocket | null;
}

type Payload<Event extends keyof ServerToClientEvents> = Parameters<ServerToClientEvents[Event]>[0];

const wsOpen = 1;

/**
 * Events to every socket of this node: encoded once into a WebSocket frame, which is handed to the TCP connections unchanged. A socket that
 * still has something to send, or is no WebSocket, takes the way through Socket.IO, so that the order stays.
 */
export class LocalBroadcast {
  readonly #targets = new Map<ClientSocket, Target>();
  #missed: ClientSocket[] = [];

  constructor(io: SocketServer) {
    const left = shared((socket) => {
      this.#targets.delete(socket);
    });
    io.on('connection', (socket) => {
      this.#targets.set(socket, targetOf(socket));
      socket.on('disconnect', left);
    });
  }

  send<Event extends keyof ServerToClientEvents>(event: Event, payload: Payload<Event>): void {
    const frame = textFrame(`42${JSON.stringify([event, payload])}`);
    for (const target of this.#targets.values()) {
      if (isIdle(target)) target.tcp.write(frame);
      else target.socket.emit(event, ...([payload] as never));
    }
  }

  /** A busy socket misses it. Returns whether any did. */
  sendDroppable<Event extends keyof ServerToClientEvents>(event: Event, payload: Payload<Event>): boolean {
    const frame = textFrame(`42${JSON.stringify([event, payload])}`);
    const missed: ClientSocket[] = [];
    for (const target of this.#targets.values()) {
      if (isIdle(target)) target.tcp.write(frame);
      else {
        missed.push(target.socket);
        if (target.tcp === null) target.socket.volatile.emit(event, ...([payload] as never));
      }
    }
    this.#missed = missed;
    return missed.length > 0;
  }

  /** Only to these sockets; a busy one may miss it. */
  sendDroppableTo<Event extends keyof ServerToClientEvents>(
    sockets: Iterable<ClientSocket>,
    event: Event,
    payload: Payload<Event>,
  ): void {
    const frame = textFrame(`42${JSON.stringify([event, payload])}`);
    for (const socket of sockets) {
      const target = this.#targets.get(socket);
      if (target !== undefined && isIdle(target)) target.tcp.write(frame);
      else socket.volatile.emit(event, ...([payload] as never));
    }
  }

  /** To those who missed the last droppable event; it arrives. */
  sendToMissed<Event extends keyof ServerToClientEvents>(event: Event, payload: Payload<Event>): void {
    for (const socket of this.#missed) if (socket.connected) socket.emit(event, ...([payload] as never));
    this.#missed = [];
  }
}

function targetOf(socket: ClientSocket): Target {
  const connection = connectionOf(socket);
  const { transport } = connection;
  return { socket, connection, transport, tcp: tcpOf(transport) };
}

function isIdle(target: Target): target is Target & { tcp: TcpSocket } {
  const { connection } = target;
  // Polling that became a WebSocket.
  if (connection.transport !== target.transport) {
    target.transport = connection.transport;
    target.tcp = tcpOf(target.transport);
  }
  return target.tcp !== null && isFree(connection, target.transport, target.tcp);
}

/** Data that Engine.IO has handed over is ahead of ours in the connection; data that it still holds would come after. */
function isFree(connection: Connection, transport: Transport, tcp: TcpSocket): boolean {
  return (
    connection.writeBuffer.length === 0 && transport.socket?.readyState === wsOpen && tcp.writableLength === 0
  );
}

/** Events to one socket in one write, where it is free for that. */
export function sendTogether(
  socket: ClientSocket,
  events: readonly (readonly [event: keyof ServerToClientEvents, payload: unknown])[],
): void {
  const tcp = idleConnection(socket);
  if (tcp !== null) tcp.write(Buffer.concat(events.map((event) => textFrame(`42${JSON.stringify(event)}`))));
  else for (const [event, payload] of events) socket.emit(event, ...([payload] as never));
}

/** Null when the socket has something to send already, or is no WebSocket. */
export function idleConnection(socket: ClientSocket): TcpSocket | null {
  const connection = connectionOf(socket);
  const { transport } = connection;
  const tcp = tcpOf(transport);
  return tcp !== null && isFree(connection, transport, tcp) ? tcp : null;
}
