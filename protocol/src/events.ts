import type { Figures, WatchAnswer, WatchEnded } from './operator.ts';
import type {
  BuyAnswer,
  BuyRequest,
  Gone,
  Order,
  Presence,
  Sale,
  SessionEnded,
  Stock,
  Time,
  WatchGoneAnswer,
} from './schemas.ts';

/** Socket.IO, path `/socket.io`, namespace `/`. Handshake: `auth: { token }`; without one the socket is a spectator. */
export interface ServerToClientEvents {
  /** Right after connecting, and whenever anything but the stock changes. */
  sale: (sale: Sale) => void;
  /** The latest value only, at most 20 a second; drop one whose `seq` is not larger than the last. */
  stock: (stock: Stock) => void;
  /** About once a second while it changes. */
  presence: (presence: Presence) => void;
  /** The last units that were claimed, at most twice a second while there are new ones; to sockets that asked for it by `watchGone`. */
  gone: (gone: Gone) => void;
  /** To the customer's own sockets on any node: at each change of status, and after connecting if there is one. */
  order: (order: Order) => void;
  /** Once a second, to operators' sockets that asked for it by `watch`. */
  figures: (figures: Figures) => void;
  /** The shop has ended the watching. */
  watchEnded: (ended: WatchEnded) => void;
  /** The customer's session has ended; the connection is then closed, and the next one needs another token, or none. */
  sessionEnded: (ended: SessionEnded) => void;
}

export interface ClientToServerEvents {
  buy: (request: BuyRequest, ack: (answer: BuyAnswer) => void) => void;
  time: (ack: (time: Time) => void) => void;
  /** Asks for `gone` events, for boards; the answer has the units that are gone so far. */
  watchGone: (ack: (answer: WatchGoneAnswer) => void) => void;
  /** Asks for `figures` events; operators only. They stop when the socket or the token ends, or at `unwatch`. */
  watch: (ack: (answer: WatchAnswer) => void) => void;
  unwatch: () => void;
}

/** `error.data` of a `connect_error`. */
export interface ConnectRefusal {
  code: 'unauthenticated' | 'forbidden' | 'unavailable' | 'too_many_sockets';
  message: string;
}
