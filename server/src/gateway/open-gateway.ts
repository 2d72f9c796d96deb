import type { Server as HttpServer } from 'node:http';
import type { Order } from '@flipzon/protocol/schemas.ts';
import type { GuardedBuy } from '../buying/guard-buy.ts';
import type { CustomerOrders } from '../buying/orders-of-customer.ts';
import type { Rate } from '../limits/buy-rate.ts';
import type { PlaceRefusal } from '../limits/network-limits.ts';
import { createOriginCheck } from '../limits/own-origin.ts';
import type { PlaceOf } from '../limits/places.ts';
import type { InvariantLight } from '../operator/invariant-light.ts';
import type { Probe } from '../operator/preflight.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Claim } from '../sale/order.ts';
import type { BlockedCustomers, Clock, ReceiptKeys, Tokens } from '../sale/ports.ts';
import { messageVersion } from '../shared/node-message.ts';
import { Admission, type AdmissionRefusal } from './admission.ts';
import { createAuthenticate } from './authenticate.ts';
import { drainSockets } from './drain.ts';
import { endBlocked, endExpired } from './end-sessions.ts';
import { FiguresExchange } from './figures-exchange.ts';
import { GoneWatch } from './gone-watch.ts';
import { InboundBounds, type Misuse } from './inbound-bounds.ts';
import { LocalBroadcast } from './local-broadcast.ts';
import { type BuysAnswered, OwnFigures } from './node-figures.ts';
import { createOnBuy } from './on-buy.ts';
import { createOnConnection } from './on-connection.ts';
import { OperatorWatch } from './operator-watch.ts';
import { OrderNews } from './order-news.ts';
import { nodesProbe } from './preflight-nodes.ts';
import { Presence } from './presence.ts';
import { ResendOrders } from './resend-orders.ts';
import { lookAtReaders, type Readers } from './slow-readers.ts';
import { createSocketServer, type SocketServerOptions } from './socket-server.ts';
import { StockBroadcaster } from './stock-broadcaster.ts';
import type { Connection } from './wire.ts';

/** Sockets that do not read, or are no longer a customer's are looked for this often. */
const lookMs = 1_000;

export interface GatewayParts {
  http: HttpServer;
  transports: SocketServerOptions['transports'];
  allowedOrigins: readonly string[];
  adapter: SocketServerOptions['adapter'];
  /** Sockets that are let in, in so much time. */
  admissionRate: { points: number; perMs: number };
  onAdmissionRefused: (reason: AdmissionRefusal['reason']) => void;
  onLate: (ms: number) => void;
  /** So many sockets were dropped because they do not read what they are sent. */
  onSlowReaders: (dropped: number) => void;
  nodeId: string;
  current: CurrentSale;
  customerOrders: CustomerOrders;
  tokens: Tokens;
  clock: Clock;
  buy: GuardedBuy;
  buyRate: Rate;
  blocked: BlockedCustomers & { onChange(listener: () => void): void };
  customerSocketsMax: number;
  placeOf: PlaceOf;
  onPlaceRefused: (reason: PlaceRefusal['reason']) => void;
  onMisuse: (kind: Misuse) => void;
  /** Between two pings, and for the answer. */
  pingMs: number;
  receiptKeys: ReceiptKeys;
  present: (claim: Claim) => Promise<unknown>;
  publishPresence: (message: string) => Promise<unknown>;
  publishFigures: (message: string) => Promise<unknown>;
  answered: BuysAnswered;
  light: InvariantLight;
  /** The count with this number has been handed to all sockets. */
  onStockSent: (seq: number) => void;
  /** A message of another node, in a version that this one does not know, was left alone. */
  onIgnored: (kind: 'orders' | 'missed') => void;
  onError: (error: unknown) => void;
}

export interface Gateway extends Disposable {
  presence: Presence;
  /** What other nodes ask and tell for those who watch. */
  figures: FiguresExchange;
  /** Whether the nodes hear each other. */
  nodesProbe: Probe;
  /** What this node's sockets have not read yet, as of the last look at them. */
  readonly unreadBytes: Readers['unreadBytes'];
  /** To the customer's sockets on all nodes. */
  notify(order: Order): void;
  /** This node may have missed orders that others notified; its customers are told again. */
  resendOrders(): void;
  /** The other nodes may have missed orders that this one notified. */
  haveOthersResend(): void;
  /** Sends this node's clients away, so that they come back to another one. */
  drain(): Promise<void>;
}

/** Everything that a socket meets. It takes what it shows from the current sale, and keeps nothing of its own. */
export function openGateway(parts: GatewayParts): Gateway {
  const { current, clock } = parts;
  const admission = new Admission({
    rate: parts.admissionRate,
    onRefused: parts.onAdmissionRefused,
    onLate: parts.onLate,
  });
  admission.start();
  const io = createSocketServer(parts.http, {
    transports: parts.transports,
    allowsOrigin: createOriginCheck(parts.allowedOrigins),
    adapter: parts.adapter,
    admission,
    placeOf: parts.placeOf,
    onPlaceRefused: parts.onPlaceRefused,
    pingMs: parts.pingMs,
    now: () => performance.now(),
  });
  const broadcast = new LocalBroadcast(io);
  const presence = new Presence({
    nodeId: parts.nodeId,
    publish: parts.publishPresence,
    broadcast: (connected) => broadcast.send('presence', { connected }),
    onError: parts.onError,
  });
  const figures = new FiguresExchange({
    nodeId: parts.nodeId,
    own: new OwnFigures({ nodeId: parts.nodeId, presence, answered: parts.answered, current }),
    publish: parts.publishFigures,
    onError: parts.onError,
  });
  const watch = new OperatorWatch({ exchange: figures, light: parts.light, clock });
  const broadcaster = new StockBroadcaster((stock, to) => {
    if (to === 'missed') {
      broadcast.sendToMissed('stock', stock);
      return false;
    }
    const missed = broadcast.sendDroppable('stock', stock);
    parts.onStockSent(stock.seq);
    return missed;
  });
  current.changes.on('sale', (sale) => broadcast.send('sale', sale));
  let unreadBytes = { sum: 0, max: 0 };
  const bounds = new InboundBounds({ buyRate: parts.buyRate, onMisuse: parts.onMisuse });
  io.engine.on('connection', (connection: Connection) => bounds.watch(connection));
  const look = setInterval(() => {
    const seen = lookAtReaders(io);
    unreadBytes = seen.unreadBytes;
    if (seen.dropped > 0) parts.onSlowReaders(seen.dropped);
    bounds.beginSecond();
    endExpired(io, clock.now());
  }, lookMs);
  parts.blocked.onChange(() => endBlocked(io, (customerId) => parts.blocked.has(customerId)));
  const resend = new ResendOrders({ io, customerOrders: parts.customerOrders, onError: parts.onError });
  const goneWatch = new GoneWatch(current, (to, gone) => broadcast.sendDroppableTo(to, 'gone', gone));
  const news = new OrderNews(io, {
    onNews: (orders) => goneWatch.note(orders),
    onUnknown: () => {
      parts.onIgnored('orders');
      resend.toEverybody();
    },
  });
  io.on('missed', (version) => {
    if (version !== messageVersion) parts.onIgnored('missed');
    resend.toEverybody();
  });
  // Who was told what, when Redis was lost, nobody knows.
  current.changes.on('epoch', () => resend.toEverybody());
  current.changes.on('stock', (stock) => broadcaster.update(stock));
  io.use(bounds.join);
  io.use(
    createAuthenticate({
      tokens: parts.tokens,
      blocked: parts.blocked,
      socketsMax: parts.customerSocketsMax,
    }),
  );
  io.on(
    'connection',
    createOnConnection({
      current,
      customerOrders: parts.customerOrders,
      presence,
      watch,
      goneWatch,
      admission,
      clock,
      onBuy: createOnBuy({ buy: parts.buy, clock, onMisuse: parts.onMisuse, onError: parts.onError }),
      bounds,
      receiptKeys: parts.receiptKeys,
      present: parts.present,
      lookLater: (customerId) => resend.later(customerId),
      onError: parts.onError,
    }),
  );
  return {
    presence,
    figures,
    nodesProbe: nodesProbe(io, parts.nodeId),
    get unreadBytes() {
      return unreadBytes;
    },
    notify: (order) => news.notify(order),
    resendOrders: () => resend.toEverybody(),
    haveOthersResend: () => void io.serverSideEmit('missed', messageVersion),
    drain: () => {
      admission.close();
      return drainSockets(io);
    },
    [Symbol.dispose]() {
      clearInterval(look);
      admission[Symbol.dispose]();
      presence[Symbol.dispose]();
      watch[Symbol.dispose]();
      goneWatch[Symbol.dispose]();
      figures[Symbol.dispose]();
      broadcaster[Symbol.dispose]();
      resend[Symbol.dispose]();
    },
  };
}
