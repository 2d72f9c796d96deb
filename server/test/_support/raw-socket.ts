import { connect, type Socket } from 'node:net';

interface Listener {
  joined(): void;
  event(name: string, payload: unknown): void;
  /** With the HTTP status of the handshake; null when it was lost before or after. */
  closed(status: number | null): void;
}

/**
 * Socket.IO over WebSocket by hand, as much as a shop sends: text frames below 64 kB, in one piece each. Costs a tenth of the real library,
 * which the page's tests use.
 */
export class RawSocket {
  readonly #socket: Socket;
  readonly #token: string | undefined;
  readonly #listener: Listener;
  readonly #waiting = new Map<number, (payload: unknown) => void>();
  #received: Buffer = Buffer.alloc(0);
  #status: number | null = null;
  #nextId = 0;
  joined = false;

  constructor(url: URL, token: string | undefined, listener: Listener) {
    this.#token = token;
    this.#listener = listener;
    this.#socket = connect({ port: Number(url.port), host: url.hostname, noDelay: true });
    this.#socket.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    this.#socket.on('data', (chunk) => this.#receive(chunk));
    this.#socket.on('error', () => this.#socket.destroy());
    this.#socket.on('close', () => this.#closed());
  }

  /** Null when there was no answer in time, or no connection. */
  ask(event: string, payload: unknown, answerMsMax: number): Promise<unknown> {
    if (!this.joined) return Promise.resolve(null);
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(null), answerMsMax);
      const settle = (answer: unknown) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(answer);
      };
      this.#waiting.set(id, settle);
      this.#send(`42${id}${JSON.stringify([event, payload])}`);
    });
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    if (this.#status === null) {
      const end = this.#received.indexOf('\r\n\r\n');
      if (end === -1) return;
      this.#status = Number(this.#received.toString('latin1', 9, 12));
      this.#received = this.#received.subarray(end + 4);
      if (this.#status !== 101) this.#socket.destroy();
    }
    for (let text = this.#nextFrame(); text !== null; text = this.#nextFrame()) this.#handle(text);
  }

  #nextFrame(): string | null {
    const bytes = this.#received;
    if (bytes.length < 2) return null;
    const short = (bytes[1] as number) & 0x7f;
    const from = short === 126 ? 4 : 2;
    if (bytes.length < from) return null;
    const to = from + (short === 126 ? bytes.readUInt16BE(2) : short);
    if (bytes.length < to) return null;
    this.#received = bytes.subarray(to);
    return bytes[0] === 0x81 ? bytes.toString('utf8', from, to) : '';
  }

  #handle(text: string): void {
    if (text.startsWith('0{')) {
      this.#send(this.#token === undefined ? '40' : `40${JSON.stringify({ token: this.#token })}`);
    } else if (text === '2') {
      this.#send('3');
    } else if (text.startsWith('40')) {
      this.joined = true;
      this.#listener.joined();
    } else if (text.startsWith('42')) {
      const [name, payload] = JSON.parse(text.slice(2)) as [string, unknown];
      this.#listener.event(name, payload);
    } else if (text.startsWith('43')) {
      const from = text.indexOf('[');
      this.#waiting.get(Number(text.slice(2, from)))?.(JSON.parse(text.slice(from))[0]);
    }
  }

  /** A masked text frame; a mask of zeros leaves the bytes as they are. */
  #send(text: string): void {
    const payload = Buffer.from(text);
    const long = payload.length > 125;
    const head = Buffer.alloc(long ? 8 : 6);
    head[0] = 0x81;
    head[1] = 0x80 | (long ? 126 : payload.length);
    if (long) head.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([head, payload]));
  }

  #closed(): void {
    const status = this.joined ? null : this.#status;
    this.joined = false;
    for (const settle of [...this.#waiting.values()]) settle(null);
    this.#listener.closed(status);
  }
}
