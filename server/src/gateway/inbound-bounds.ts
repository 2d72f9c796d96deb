import type { ClientToServerEvents } from '@flipzon/protocol/events.ts';
import type { Rate } from '../limits/buy-rate.ts';
import { shared } from './shared-listener.ts';
import type { ClientSocket, SocketServer } from './socket-server.ts';
import { type Connection, cutOff, tcpOf } from './wire.ts';

/** Events that a socket may send between two looks, a second apart; a page sends a handful. */
const eventsMin = 100;
/** So many times what a customer may buy: the rest is refused with a reason before it comes to this. */
const timesBuyRate = 20;
/** Bytes of an event, about; and what a handshake with all its receipts may weigh. */
const bytesPerEvent = 256;
const bytesMin = 64 * 1024;

const knownEvents: ReadonlySet<unknown> = new Set<keyof ClientToServerEvents>([
  'buy',
  'time',
  'watch',
  'unwatch',
]);

export type Misuse =
  | 'unknown_event'
  | 'no_callback'
  | 'invalid_payload'
  | 'too_many_events'
  | 'too_many_bytes';

interface Settings {
  buyRate: Rate;
  onMisuse: (kind: Misuse) => void;
}

/**
 * What a client may send. Events are counted as they come; the bytes on the wire are looked at once a second, which also finds frames that never become
 * an event: endless fragments, pings, rubbish.
 */
export class InboundBounds {
  readonly #eventsMax: number;
  readonly #bytesMax: number;
  readonly #onMisuse: Settings['onMisuse'];
  readonly #bytesSeen = new WeakMap<object, number>();

  readonly #count = shared((socket, event: unknown) => {
    if (!knownEvents.has(event)) this.#onMisuse('unknown_event');
    if (++socket.data.events !== this.#eventsMax) return;
    this.#onMisuse('too_many_events');
    socket.disconnect(true);
    cutOff(socket.conn as unknown as Connection);
  });

  constructor({ buyRate, onMisuse }: Settings) {
    this.#eventsMax = Math.max(eventsMin, (timesBuyRate * buyRate.points * 1000) / buyRate.perMs);
    this.#bytesMax = Math.max(bytesMin, this.#eventsMax * bytesPerEvent);
    this.#onMisuse = onMisuse;
  }

  watch(socket: ClientSocket): void {
    socket.data.events = 0;
    socket.onAny(this.#count);
  }

  /** To be called once a second. */
  look(io: SocketServer): void {
    for (const socket of io.sockets.sockets.values()) socket.data.events = 0;
    // Also those that have not joined.
    const { clients } = io.engine as unknown as { clients: Record<string, Connection> };
    for (const id in clients) this.#lookAt(clients[id] as Connection);
  }

  #lookAt(connection: Connection): void {
    const tcp = tcpOf(connection.transport);
    if (tcp === null) return;
    const { bytesRead } = tcp;
    const before = this.#bytesSeen.get(tcp) ?? 0;
    if (bytesRead === before) return;
    this.#bytesSeen.set(tcp, bytesRead);
    if (bytesRead - before <= this.#bytesMax) return;
    this.#onMisuse('too_many_bytes');
    cutOff(connection);
  }
}
