import type { Socket as TcpSocket } from 'node:net';
import type { ClientToServerEvents } from '@flipzon/protocol/events.ts';
import type { Rate } from '../limits/buy-rate.ts';
import { shared } from './shared-listener.ts';
import type { ClientSocket } from './socket-server.ts';
import { type Connection, cutOff, tcpOf } from './wire.ts';

/** Events that a socket may send in a second; a page sends a handful. */
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
  'watchGone',
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
 * What a client may send in a second: so many events, and so many bytes on the wire, which also finds frames that never become an event: endless
 * fragments, pings, rubbish. Counted as they come, so that those who only watch, most of all, cost nothing.
 */
export class InboundBounds {
  readonly #eventsMax: number;
  readonly #bytesMax: number;
  readonly #onMisuse: Settings['onMisuse'];
  readonly #events = new Map<ClientSocket, number>();
  readonly #bytes = new Map<TcpSocket, number>();

  readonly #countEvent = shared((socket, event: unknown) => {
    if (!knownEvents.has(event)) this.#onMisuse('unknown_event');
    if (!reaches(this.#events, socket, 1, this.#eventsMax)) return;
    this.#onMisuse('too_many_events');
    socket.disconnect(true);
    cutOff(socket.conn as unknown as Connection);
  });
  /** One for all connections, which is what Node calls it on. */
  readonly #countBytes: (this: TcpSocket, chunk: Buffer) => void;

  constructor({ buyRate, onMisuse }: Settings) {
    this.#eventsMax = Math.max(eventsMin, (timesBuyRate * buyRate.points * 1000) / buyRate.perMs);
    this.#bytesMax = Math.max(bytesMin, this.#eventsMax * bytesPerEvent);
    this.#onMisuse = onMisuse;
    const count = (tcp: TcpSocket, bytes: number) => {
      if (!reaches(this.#bytes, tcp, bytes, this.#bytesMax)) return;
      this.#onMisuse('too_many_bytes');
      tcp.destroy();
    };
    this.#countBytes = function (chunk) {
      count(this, chunk.length);
    };
  }

  /** Every connection, also those that never join; what a request of the other transport may weigh is bounded by itself. */
  watchBytes(connection: Connection): void {
    const tcp = tcpOf(connection.transport);
    if (tcp !== null) tcp.on('data', this.#countBytes);
    else connection.once('upgrade', () => tcpOf(connection.transport)?.on('data', this.#countBytes));
  }

  watchEvents(socket: ClientSocket): void {
    socket.onAny(this.#countEvent);
  }

  /** To be called once a second. */
  beginSecond(): void {
    this.#events.clear();
    this.#bytes.clear();
  }
}

/** Adds to the count of one; true at the one moment at which that takes it to the maximum, which need not be a whole number. */
function reaches<Key>(counts: Map<Key, number>, key: Key, more: number, max: number): boolean {
  const before = counts.get(key) ?? 0;
  counts.set(key, before + more);
  return before < max && before + more >= max;
}
