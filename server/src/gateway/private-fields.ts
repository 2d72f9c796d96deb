import type { Socket as TcpSocket } from 'node:net';
import { type ServerOptions, WebSocket, WebSocketServer } from 'ws';

/*
 * Everything that this server uses of socket.io, engine.io and ws beside their public interface; their types declare none of it. Their
 * versions are pinned exactly, and test/gateway/private-fields.test.ts fails when one of these fields changes.
 */

export interface Transport {
  name: string;
  /** The WebSocket; polling has none. */
  socket?: { readyState: number; _socket?: TcpSocket | null };
}

/** Engine.IO's connection, below a socket. */
export interface Connection {
  writeBuffer: readonly unknown[];
  transport: Transport;
  close(discard?: boolean): void;
  once(event: 'upgrade', then: () => void): void;
  /** A message has come. */
  on(event: 'data', then: (this: Connection) => void): void;
}

export function connectionOf(socket: { conn: unknown }): Connection {
  return socket.conn as Connection;
}

/** Null for a connection that is no WebSocket. */
export function tcpOf({ name, socket }: Transport): TcpSocket | null {
  return name === 'websocket' ? (socket?._socket ?? null) : null;
}

/** Ends a connection at once: a closing handshake would wait until the client has read all that is unread and takes part in it. */
export function cutOff(connection: Connection): void {
  const tcp = tcpOf(connection.transport);
  if (tcp === null) connection.close(true);
  else tcp.destroy();
}

/** Releases the HTTP request of a handshake that has been read; it would cost kilobytes for as long as the socket lives. */
export function forgetRequest(socket: { conn: unknown }): void {
  (socket.conn as { request: unknown }).request = null;
}

/** Makes the acknowledgement of the event with this id. */
type MakeAck<This> = (this: This, id: number) => (...args: unknown[]) => void;

export function replaceAck<Socket extends object>(socket: Socket, make: MakeAck<Socket>): void {
  (socket as { ack?: MakeAck<Socket> }).ack = make;
}

/** The acknowledgement that Socket.IO itself would make. */
export function usualAck<Socket extends object>(socket: Socket, id: number): ReturnType<MakeAck<Socket>> {
  return (Object.getPrototypeOf(socket) as { ack: MakeAck<Socket> }).ack.call(socket, id);
}

const mergedBytesMax = 4_096;
/** After this a connection whose other side does not answer the closing handshake is cut. */
const closeMsMax = 1_000;

/** Header and payload; a single part when ws has joined them already. */
type FrameParts = readonly [head: Buffer, payload?: Buffer | string];

/** Writes the frames of one WebSocket. */
interface FrameSender {
  _socket: TcpSocket;
  sendFrame(list: FrameParts, done?: (error?: Error | null) => void): void;
}

/** As ws does it, but a small payload is written together with its header. */
function sendFrame(this: FrameSender, list: FrameParts, done?: (error?: Error | null) => void): void {
  const [head, payload] = list;
  const bytes = payload === undefined ? 0 : Buffer.byteLength(payload);
  if (head !== undefined && payload !== undefined && bytes <= mergedBytesMax) {
    const frame = Buffer.allocUnsafe(head.length + bytes);
    frame.set(head);
    if (typeof payload === 'string') frame.write(payload, head.length);
    else frame.set(payload, head.length);
    this._socket.write(frame, done);
  } else {
    const base = Object.getPrototypeOf(this) as FrameSender;
    base.sendFrame.call(this, list, done);
  }
}

class SingleWriteSocket extends WebSocket {
  setSocket(...args: unknown[]): void {
    const base = WebSocket.prototype as unknown as { setSocket(...args: unknown[]): void };
    base.setSocket.apply(this, args);
    (this as unknown as { _sender: FrameSender })._sender.sendFrame = sendFrame;
  }
}

/** For Socket.IO's `wsEngine`: most messages here are small, and gathering two buffers costs the kernel more than copying one. */
export class SingleWriteServer extends WebSocketServer<typeof SingleWriteSocket> {
  constructor(options: ServerOptions<typeof SingleWriteSocket>) {
    const more = { WebSocket: SingleWriteSocket, closeTimeout: closeMsMax };
    super({ ...options, ...more });
  }
}
