import type { Server as HttpServer } from 'node:http';
import type { Order } from '@flipzon/protocol/schemas.ts';
import type { GuardedBuy } from '../buying/guard-buy.ts';
import type { CustomerOrders } from '../buying/orders-of-customer.ts';
import type { Rate } from '../limits/buy-rate.ts';
import type { NetworkOf } from '../limits/client-networks.ts';
import type { NetworkRefusal } from '../limits/network-limits.ts';
import { createOriginCheck } from '../limits/own-origin.ts';
import type { InvariantStatus } from '../operator/invariant-status.ts';
import type { Probe } from '../operator/preflight.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Claim } from '../sale/order.ts';
import type { BlockedCustomers, Clock, ReceiptKeys, Tokens } from '../sale/ports.ts';
import { withoutDetails } from '../sale/sale.ts';
import { messageVersion } from '../shared/node-message.ts';
import { Admission, type AdmissionRefusal } from './admission.ts';
import { createAuthenticate } from './authenticate.ts';
import { drainSockets } from './drain.ts';
import { endBlocked, endExpired, endSignedOut } from './end-sessions.ts';
import { InboundBounds, type Misuse } from './inbound-bounds.ts';
import { LocalBroadcast } from './local-broadcast.ts';
import { NodeStatsExchange } from './node-stats-exchange.ts';
import { createOnBuy } from './on-buy.ts';
import { createOnConnection } from './on-connection.ts';
import { createOnRenew } from './on-renew.ts';
import { OperatorWatch } from './operator-watch.ts';
import { OrderNotifications } from './order-notifications.ts';
import { type BuysAnswered, OwnStats } from './own-stats.ts';
import { nodesProbe } from './preflight-nodes.ts';
import { Presence } from './presence.ts';
import type { Connection } from './private-fields.ts';
import { RecentUnitsWatch } from './recent-units-watch.ts';
import { ResendOrders } from './resend-orders.ts';
import { lookAtReaders, type Readers } from './slow-readers.ts';
import { createSocketServer, type SocketServer, type SocketServerOptions } from './socket-server.ts';
import { StockBroadcaster } from './stock-broadcaster.ts';

/** Sockets that do not read, or whose session has ended, are looked for this often. */
const lookMs = 1_000;

export interface GatewayParts {
  http: HttpServer;
  transports: SocketServerOptions['transports'];
  allowedOrigins: readonly string[];
  adapter: SocketServerOptions['adapter'];
  /** How many sockets are let in per interval. */
  admissionRate: { points: number; perMs: number };
  onAdmissionRefused: (reason: AdmissionRefusal['reason']) => void;
  onLate: (ms: number) => void;
  /** This many sockets were dropped because they do not read. */
  onSlowReaders: (dropped: number) => void;
  nodeId: string;
  current: CurrentSale;
  customerOrders: CustomerOrders;
  tokens: Tokens;
  clock: Clock;
  buy: GuardedBuy;
  buyRate: Rate;
  blocked: BlockedCustomers & { onChange(listener: () => void): void };
  ended: { has(sessionId: string): boolean; onChange(listener: () => void): void };
  customerSocketsMax: number;
  networkOf: NetworkOf;
  onNetworkRefused: (reason: NetworkRefusal['reason']) => void;
  onMisuse: (kind: Misuse) => void;
  /** Time between two pings, and time for the answer. */
  pingMs: number;
  receiptKeys: ReceiptKeys;
  redeemReceipt: (claim: Claim) => Promise<unknown>;
  publishPresence: (message: string) => Promise<unknown>;
  publishNodeStats: (message: string) => Promise<unknown>;
  answered: BuysAnswered;
  invariantStatus: InvariantStatus;
  /** The count with this number has been handed to all sockets. */
  onStockSent: (seq: number) => void;
  /** A message of another node was ignored, because this one does not know its version. */
  onIgnored: (kind: 'orders' | 'missed') => void;
  onError: (error: unknown) => void;
}

export interface Gateway extends Disposable {
  presence: Presence;
  /** Requests and figures of other nodes, for operators who watch. */
  nodeStats: NodeStatsExchange;
  /** Whether the nodes hear each other. */
  nodesProbe: Probe;
  /** What this node's sockets have not read yet, as of the last look at them. */
  readonly unreadBytes: Readers['unreadBytes'];
  /** To the customer's sockets on all nodes. */
  notify(order: Order): void;
  /** This node may have missed orders that others notified; its customers get them again. */
  resendOrders(): void;
  /** The other nodes may have missed orders that this one notified. */
  haveOthersResend(): void;
  /** Sends this node's clients away, so that they come back to another one. */
  drain(): Promise<void>;
}

/** Everything about sockets. It sends what the current sale says, and keeps no state of a sale. */
export function openGateway(parts: GatewayParts): Gateway {
  const { current, onError } = parts;
  const undo = new DisposableStack();
  const admission = undo.use(openAdmission(parts));
  const io = openSocketServer(parts, admission);
  const broadcast = new LocalBroadcast(io);
  const { presence, nodeStats, watch } = openExchange(parts, broadcast, undo);
  sendCounts(parts, broadcast, undo);
  const bounds = new InboundBounds({ buyRate: parts.buyRate, onMisuse: parts.onMisuse });
  const readers = undo.use(lookEachSecond(io, bounds, parts));
  const resend = undo.use(new ResendOrders({ io, customerOrders: parts.customerOrders, onError }));
  const recentUnitsWatch = undo.use(
    new RecentUnitsWatch(current, (to, event, recent) => broadcast.sendDroppableTo(to, event, recent)),
  );
  const notifications = openNotifications(io, { resend, recentUnitsWatch, onIgnored: parts.onIgnored });
  // After a loss of Redis it is unknown which customers have received what.
  current.changes.on('epoch', () => resend.toEverybody());
  parts.blocked.onChange(() => endBlocked(io, (customerId) => parts.blocked.has(customerId)));
  parts.ended.onChange(() => endSignedOut(io, (sessionId) => parts.ended.has(sessionId)));
  receive(io, parts, { presence, watch, recentUnitsWatch, admission, bounds, resend });
  return {
    ...{ presence, nodeStats },
    nodesProbe: nodesProbe(io, parts.nodeId),
    get unreadBytes() {
      return readers.unreadBytes;
    },
    notify: (order) => notifications.notify(order),
    resendOrders: () => resend.toEverybody(),
    haveOthersResend: () => void io.serverSideEmit('missed', messageVersion),
    drain: () => {
      admission.close();
      return drainSockets(io);
    },
    [Symbol.dispose]: () => undo.dispose(),
  };
}

function openAdmission({
  admissionRate: rate,
  onAdmissionRefused: onRefused,
  onLate,
}: GatewayParts): Admission {
  const admission = new Admission({ rate, onRefused, onLate });
  admission.start();
  return admission;
}

function openSocketServer(parts: GatewayParts, admission: Admission): SocketServer {
  return createSocketServer(parts.http, {
    transports: parts.transports,
    allowsOrigin: createOriginCheck(parts.allowedOrigins),
    adapter: parts.adapter,
    admission,
    networkOf: parts.networkOf,
    onNetworkRefused: parts.onNetworkRefused,
    pingMs: parts.pingMs,
    now: () => performance.now(),
  });
}

/** Messages between the nodes: how many sockets are connected, and the figures that operators watch. */
function openExchange(parts: GatewayParts, broadcast: LocalBroadcast, undo: DisposableStack) {
  const { nodeId, answered, current, invariantStatus, clock, onError } = parts;
  const presence = undo.use(
    new Presence({
      ...{ nodeId, publish: parts.publishPresence, onError },
      broadcast: (connected) => broadcast.send('presence', { connected }),
    }),
  );
  const own = new OwnStats({ nodeId, presence, answered, current });
  const nodeStats = undo.use(
    new NodeStatsExchange({ nodeId, own, publish: parts.publishNodeStats, onError }),
  );
  return {
    ...{ presence, nodeStats },
    watch: undo.use(new OperatorWatch({ exchange: nodeStats, invariantStatus, clock })),
  };
}

/** The sale and its stock, to all sockets of this node. */
function sendCounts(
  { current, onStockSent }: GatewayParts,
  broadcast: LocalBroadcast,
  undo: DisposableStack,
): void {
  const broadcaster = undo.use(
    new StockBroadcaster((stock, to) => {
      if (to === 'missed') {
        broadcast.sendToMissed('stock', stock);
        return false;
      }
      const missed = broadcast.sendDroppable('stock', stock);
      onStockSent(stock.seq);
      return missed;
    }),
  );
  current.changes.on('sale', (sale) => broadcast.send('sale', withoutDetails(sale)));
  current.changes.on('stock', (stock) => broadcaster.update(stock));
}

/** Drops sockets that do not read or are no longer a customer's. */
function lookEachSecond(io: SocketServer, bounds: InboundBounds, { clock, onSlowReaders }: GatewayParts) {
  let unreadBytes = { sum: 0, max: 0 };
  const look = setInterval(() => {
    const seen = lookAtReaders(io);
    unreadBytes = seen.unreadBytes;
    if (seen.dropped > 0) onSlowReaders(seen.dropped);
    bounds.beginSecond();
    endExpired(io, clock.now());
  }, lookMs);
  return {
    get unreadBytes() {
      return unreadBytes;
    },
    [Symbol.dispose]: () => clearInterval(look),
  };
}

/** Orders, to the customer's sockets on all nodes; what may have been missed is sent again. */
function openNotifications(
  io: SocketServer,
  {
    resend,
    recentUnitsWatch,
    onIgnored,
  }: { resend: ResendOrders; recentUnitsWatch: RecentUnitsWatch } & Pick<GatewayParts, 'onIgnored'>,
): OrderNotifications {
  io.on('missed', (version) => {
    if (version !== messageVersion) onIgnored('missed');
    resend.toEverybody();
  });
  return new OrderNotifications(io, {
    onOrders: (orders) => recentUnitsWatch.note(orders),
    onUnknown: () => {
      onIgnored('orders');
      resend.toEverybody();
    },
  });
}

type Handlers = Pick<
  Parameters<typeof createOnConnection>[0],
  'presence' | 'watch' | 'recentUnitsWatch' | 'admission'
> & { bounds: InboundBounds; resend: ResendOrders };

/** Prepares a connection: bounds first, then authentication, then its events. */
function receive(io: SocketServer, parts: GatewayParts, { resend, ...handlers }: Handlers): void {
  const { current, clock, customerOrders, receiptKeys, redeemReceipt, tokens, blocked, onMisuse, onError } =
    parts;
  io.engine.on('connection', (connection: Connection) => handlers.bounds.watch(connection));
  io.use(handlers.bounds.join);
  io.use(createAuthenticate({ tokens, blocked, socketsMax: parts.customerSocketsMax }));
  io.on(
    'connection',
    createOnConnection({
      ...handlers,
      ...{ current, clock, customerOrders, receiptKeys, redeemReceipt, onError },
      onRenew: createOnRenew({ tokens, onMisuse }),
      onBuy: createOnBuy({ buy: parts.buy, clock, onMisuse, onError }),
      lookLater: (customerId) => resend.later(customerId),
    }),
  );
}
