import type { Figures, NodeStats, WatchAnswer, WatchEnded } from './operator.ts';
import type {
  BuyAnswer,
  BuyRequest,
  Order,
  Presence,
  RecentUnits,
  Sale,
  Stock,
  Time,
  WatchGoneAnswer,
  WatchRecentUnitsAnswer,
} from './schemas.ts';
import type { RenewAnswer, SessionEnded } from './session-schemas.ts';

/** Socket.IO, path `/socket.io`, namespace `/`. Handshake: `auth: { token }`; without one the socket is a spectator. */
export interface ServerToClientEvents {
  /** Right after connecting, and whenever anything but the stock changes. */
  sale: (sale: Sale) => void;
  /** The latest value only, at most 20 a second; drop one whose `seq` is not larger than the last. */
  stock: (stock: Stock) => void;
  /** About once a second while it changes. */
  presence: (presence: Presence) => void;
  /** The last units that were claimed, at most twice a second while there are new ones; to sockets that asked for it by `watchRecentUnits`. */
  recentUnits: (units: RecentUnits) => void;
  /** To the customer's own sockets on any node: at each change of status, and after connecting if there is one. */
  order: (order: Order) => void;
  /** Once a second, to operators' sockets that asked for it by `watchNodeStats`. */
  nodeStats: (stats: NodeStats) => void;
  /** The shop has ended the watching. */
  watchEnded: (ended: WatchEnded) => void;
  /** The customer's session has ended; the connection is then closed, and the next one needs another token, or none. */
  sessionEnded: (ended: SessionEnded) => void;
  /** @deprecated `recentUnits` for sockets that sent `watchGone`. */
  gone: (units: RecentUnits) => void;
  /** @deprecated `nodeStats` for sockets that sent `watch`. */
  figures: (figures: Figures) => void;
}

export interface ClientToServerEvents {
  buy: (request: BuyRequest, ack: (answer: BuyAnswer) => void) => void;
  /** A token that follows the one of the handshake, of the same person. */
  renew: (request: { token: string }, ack: (answer: RenewAnswer) => void) => void;
  time: (ack: (time: Time) => void) => void;
  /** Asks for `recentUnits` events, for boards; the answer has the last units so far. */
  watchRecentUnits: (ack: (answer: WatchRecentUnitsAnswer) => void) => void;
  /** Asks for `nodeStats` events; operators only. They stop when the socket or the token ends, or at `unwatch`. */
  watchNodeStats: (ack: (answer: WatchAnswer) => void) => void;
  unwatch: () => void;
  /** @deprecated `watchRecentUnits`, by its old name. */
  watchGone: (ack: (answer: WatchGoneAnswer) => void) => void;
  /** @deprecated `watchNodeStats`, by its old name. */
  watch: (ack: (answer: WatchAnswer) => void) => void;
}

/** `error.data` of a `connect_error`. */
export interface ConnectRefusal {
  code: 'unauthenticated' | 'forbidden' | 'unavailable' | 'too_many_sockets';
  message: string;
}
