import type { Order } from '@flipzon/protocol/schemas.ts';
import { messageVersion } from '../shared/node-message.ts';
import { deliverOrder } from './deliver-order.ts';
import { customerRoom, type SocketServer } from './socket-server.ts';

/** Orders in one message between the nodes. */
const perMessageMax = 500;

/**
 * Sends orders to their customers' sockets, on any node. The orders of one turn of the event loop, such as a batch of the order
 * writer or the claims that one call to Redis decided, goes to the other nodes in one message; each of them finds its own customers in it.
 */
export class OrderNotifications {
  readonly #io: SocketServer;
  #waiting: Order[] = [];

  readonly #onOrders: (orders: readonly Order[]) => void;

  /**
   * `onOrders`: orders that any node has sent, this one included. `onUnknown`: another node sent orders in a version that this one does not know.
   */
  constructor(io: SocketServer, on: { onOrders: (orders: readonly Order[]) => void; onUnknown: () => void }) {
    this.#io = io;
    this.#onOrders = on.onOrders;
    io.on('orders', (version, orders) => {
      if (version === messageVersion) this.#deliverOwn(orders);
      else on.onUnknown();
    });
  }

  notify(order: Order): void {
    if (this.#waiting.push(order) === 1) setImmediate(() => this.#send());
  }

  #send(): void {
    const orders = this.#waiting;
    this.#waiting = [];
    this.#deliverOwn(orders);
    for (let from = 0; from < orders.length; from += perMessageMax) {
      this.#io.serverSideEmit('orders', messageVersion, orders.slice(from, from + perMessageMax));
    }
  }

  #deliverOwn(orders: readonly Order[]): void {
    this.#onOrders(orders);
    const { sockets, adapter } = this.#io.sockets;
    for (const order of orders) {
      for (const id of adapter.rooms.get(customerRoom(order.customerId)) ?? []) {
        const socket = sockets.get(id);
        if (socket !== undefined) deliverOrder(socket, order);
      }
    }
  }
}
