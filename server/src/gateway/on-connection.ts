import type { CustomerOrders } from '../buying/orders-of-customer.ts';
import { ownReceipts } from '../buying/receipt.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Claim } from '../sale/order.ts';
import type { Clock, ReceiptKeys } from '../sale/ports.ts';
import { isoInstant, withoutDetails } from '../sale/sale.ts';
import type { Admission } from './admission.ts';
import { deliverOrder } from './deliver-order.ts';
import type { InboundBounds } from './inbound-bounds.ts';
import { sendTogether } from './local-broadcast.ts';
import type { createOnBuy } from './on-buy.ts';
import type { createOnRenew } from './on-renew.ts';
import type { OperatorWatch } from './operator-watch.ts';
import type { Presence } from './presence.ts';
import { forgetRequest } from './private-fields.ts';
import { acknowledgeQuickly } from './quick-ack.ts';
import type { RecentUnitsWatch } from './recent-units-watch.ts';
import { shared } from './shared-listener.ts';
import { type ClientSocket, customerRoom, networkOfSocket } from './socket-server.ts';

interface Dependencies {
  current: CurrentSale;
  customerOrders: CustomerOrders;
  presence: Presence;
  watch: Pick<OperatorWatch, 'attach'>;
  recentUnitsWatch: Pick<RecentUnitsWatch, 'attach'>;
  admission: Pick<Admission, 'settingUp'>;
  clock: Clock;
  onBuy: ReturnType<typeof createOnBuy>;
  onRenew: ReturnType<typeof createOnRenew>;
  bounds: Pick<InboundBounds, 'watchEvents'>;
  receiptKeys: ReceiptKeys;
  /** A claim that the customer has proof of: brought back if it was forgotten. */
  redeemReceipt: (claim: Claim) => Promise<unknown>;
  /** Soon sends the customer's sockets here their orders again, until every status is final. */
  lookLater: (customerId: string) => void;
  onError: (error: unknown) => void;
}

/** A socket gets everything it needs at once: sale, presence, its own order. What changes later is sent as it changes. */
export function createOnConnection(deps: Dependencies) {
  const left = () => deps.presence.left();
  const buy = shared((socket, ...args: unknown[]) => {
    // The acknowledgement comes last, also when the payload is missing, so that the client gets an answer.
    const payload = args.length === 2 ? args[0] : undefined;
    deps.onBuy(socket, payload, args.at(-1));
  });
  const renew = shared((socket, ...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof ack === 'function') void deps.onRenew(socket, args[0]).then((answer) => ack(answer));
  });
  const time = (...args: unknown[]) => {
    const ack = args.at(-1);
    if (typeof ack === 'function') ack({ serverTime: isoInstant(deps.clock.now()) });
  };
  return (socket: ClientSocket): void => {
    const { identity } = socket.data;
    const { receipts: given, again } = socket.handshake.auth as { receipts?: unknown; again?: unknown };
    const receipts = identity === null ? [] : ownReceipts(given, identity.customerId, deps.receiptKeys);
    socket.data.network = networkOfSocket(socket);
    deps.bounds.watchEvents(socket);
    forgetRequest(socket);
    acknowledgeQuickly(socket);
    deps.presence.entered(again === true);
    deps.watch.attach(socket);
    deps.recentUnitsWatch.attach(socket);
    socket.on('disconnect', left);
    socket.on('buy', buy);
    socket.on('renew', renew);
    socket.on('time', time);

    const view = deps.current.view();
    const presence = ['presence', { connected: deps.presence.connected }] as const;
    sendTogether(socket, view === null ? [presence] : [['sale', withoutDetails(view)], presence]);
    if (identity === null) return;
    // Joined before the orders are read: what is confirmed in between arrives by the room.
    const setUp = Promise.resolve(socket.join(customerRoom(identity.customerId)))
      .then(() => Promise.all(receipts.map(deps.redeemReceipt)))
      .then(() => deps.customerOrders.inCurrentSale(identity.customerId))
      .then((orders) => {
        for (const order of orders) deliverOrder(socket, order);
        // `claimed` is also sent while MongoDB does not answer: the order may have been confirmed long ago.
        if (orders.some(({ status }) => status === 'claimed')) deps.lookLater(identity.customerId);
      });
    deps.admission.settingUp(setUp).catch((error: unknown) => {
      deps.onError(error);
      deps.lookLater(identity.customerId);
    });
  };
}
