import type { Socket as TcpSocket } from 'node:net';
import { type ServerOptions, WebSocket, WebSocketServer } from 'ws';

const mergedBytesMax = 4_096;
/** A client that does not answer the closing handshake is cut off after this. */
const closeMsMax = 1_000;

/** Head and payload; one part when it was put together before. */
type FrameParts = readonly [head: Buffer, payload?: Buffer | string];

/** ws's sender, which has no type: it writes frames to the connection. */
interface FrameSender {
  _socket: TcpSocket;
  sendFrame(list: FrameParts, done?: (error?: Error | null) => void): void;
}

/** As ws does it, but a small payload goes out together with the two bytes before it, in one write. */
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
