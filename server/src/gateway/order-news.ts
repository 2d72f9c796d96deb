import type { Order } from '@flipzon/protocol/schemas.ts';
import { messageVersion } from '../shared/node-message.ts';
import { customerRoom, type SocketServer } from './socket-server.ts';
import { tellOrder } from './tell-order.ts';

/** Orders in one message between the nodes. */
const perMessageMax = 500;

/**
 * Sends orders to their customers' sockets, on any node. The news of one turn of the event loop, such as a batch of the order
 * writer or the claims that one call to Redis decided, goes to the other nodes in one message; each of them finds its own customers in it.
 */
export class OrderNews {
  readonly #io: SocketServer;
  #waiting: Order[] = [];

  readonly #onNews: (orders: readonly Order[]) => void;

  /**
   * `onNews`: order news of any node, this one included. `onUnknown`: another node sent orders in a version that this one does not know.
   */
  constructor(io: SocketServer, on: { onNews: (orders: readonly Order[]) => void; onUnknown: () => void }) {
    this.#io = io;
    this.#onNews = on.onNews;
    io.on('orders', (version, orders) => {
      if (version === messageVersion) this.#tellOwn(orders);
      else on.onUnknown();
    });
  }

  notify(order: Order): void {
    if (this.#waiting.push(order) === 1) setImmediate(() => this.#send());
  }

  #send(): void {
    const orders = this.#waiting;
    this.#waiting = [];
    this.#tellOwn(orders);
    for (let from = 0; from < orders.length; from += perMessageMax) {
      this.#io.serverSideEmit('orders', messageVersion, orders.slice(from, from + perMessageMax));
    }
  }

  #tellOwn(orders: readonly Order[]): void {
    this.#onNews(orders);
    const { sockets, adapter } = this.#io.sockets;
    for (const order of orders) {
      for (const id of adapter.rooms.get(customerRoom(order.customerId)) ?? []) {
        const socket = sockets.get(id);
        if (socket !== undefined) tellOrder(socket, order);
      }
    }
  }
}
