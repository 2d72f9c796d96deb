import WebSocket from 'ws';
import { decodeFrame, encodeConnect, encodeEmit, pong } from './frames.ts';
import { isStockFrame } from './stock-reader.ts';

export interface LinkOptions {
  url: string;
  token?: string;
  localAddress?: string;
  /** The `X-Forwarded-For` of a proxy, for a shop that trusts it. */
  forwardedFor?: string;
  connectTimeoutMs: number;
  /** The raw text, since most clients are spectators who see the same text; without it stock frames are skipped unread. */
  onStock?: (text: string) => void;
  onEvent?: (name: string, payload: unknown) => void;
  onClose: () => void;
}

export type Opened = { ok: true; link: SocketLink } | { ok: false; code: string; message: string };
export type Acked = { ok: true; payload: unknown } | { ok: false; code: 'timeout' | 'disconnected' };

interface Waiting {
  resolve: (acked: Acked) => void;
  timer: NodeJS.Timeout;
}

const frameBytesMax = 1024 * 1024;
const waitingMax = 64;

/** Opens one Socket.IO connection, WebSocket only; answers once the namespace is joined or refused. */
export function openLink(options: LinkOptions): Promise<Opened> {
  return new Promise((resolve) => {
    const address = `${options.url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, {
      perMessageDeflate: false,
      skipUTF8Validation: true,
      maxPayload: frameBytesMax,
      handshakeTimeout: options.connectTimeoutMs,
      ...(options.forwardedFor === undefined ? {} : { headers: { 'x-forwarded-for': options.forwardedFor } }),
      ...(options.localAddress === undefined ? {} : { localAddress: options.localAddress, family: 4 }),
    });
    const refuse = (code: string, message: string) => {
      clearTimeout(timer);
      resolve({ ok: false, code, message });
      socket.terminate();
    };
    const timer = setTimeout(() => refuse('timeout', 'no answer in time'), options.connectTimeoutMs);
    const link = new SocketLink(socket, options, {
      joined: () => {
        clearTimeout(timer);
        resolve({ ok: true, link });
      },
      refused: refuse,
    });
  });
}

export class SocketLink {
  readonly #socket: WebSocket;
  readonly #options: LinkOptions;
  readonly #opening: { joined: () => void; refused: (code: string, message: string) => void };
  readonly #waiting = new Map<number, Waiting>();
  #joined = false;
  #nextId = 0;

  constructor(
    socket: WebSocket,
    options: LinkOptions,
    opening: { joined: () => void; refused: (code: string, message: string) => void },
  ) {
    this.#socket = socket;
    this.#options = options;
    this.#opening = opening;
    socket.on('message', (data) => this.#receive(String(data)));
    socket.on('error', (error) => this.#opening.refused('failed', error.message));
    socket.on('close', () => this.#closed());
  }

  /** Emits and waits for the acknowledgement, at most `timeoutMs`. */
  ask(event: string, payload: unknown, timeoutMs: number): Promise<Acked> {
    if (!this.#joined || this.#socket.readyState !== WebSocket.OPEN || this.#waiting.size >= waitingMax) {
      return Promise.resolve({ ok: false, code: 'disconnected' });
    }
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        resolve({ ok: false, code: 'timeout' });
      }, timeoutMs);
      this.#waiting.set(id, { resolve, timer });
      this.#socket.send(encodeEmit(id, event, payload));
    });
  }

  close(): void {
    this.#socket.close();
  }

  #receive(text: string): void {
    if (isStockFrame(text)) {
      this.#options.onStock?.(text);
      return;
    }
    const frame = decodeFrame(text);
    switch (frame.kind) {
      case 'open':
        this.#socket.send(encodeConnect(this.#options.token));
        return;
      case 'ping':
        this.#socket.send(pong);
        return;
      case 'connected':
        this.#joined = true;
        this.#opening.joined();
        return;
      case 'refused':
        this.#opening.refused(frame.code, frame.message);
        return;
      case 'event':
        this.#options.onEvent?.(frame.name, frame.payload);
        return;
      case 'ack':
        this.#settle(frame.id, { ok: true, payload: frame.payload });
        return;
      case 'closed':
      case 'malformed':
        this.#socket.terminate();
        return;
    }
  }

  #settle(id: number, acked: Acked): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.resolve(acked);
  }

  #closed(): void {
    this.#opening.refused('closed', 'closed by the server');
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { ok: false, code: 'disconnected' });
    if (this.#joined) this.#options.onClose();
    this.#joined = false;
  }
}
