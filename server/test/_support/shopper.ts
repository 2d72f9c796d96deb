import { randomUUID } from 'node:crypto';
import type { ClientToServerEvents, ServerToClientEvents } from '@flipzon/protocol/events.ts';
import type { BuyAnswer, Order, Sale, Stock } from '@flipzon/protocol/schemas.ts';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { expect, vi } from 'vitest';
import { noteClaim } from './fault-figures.ts';

/** A bound against hanging. */
const waitMsMax = 60_000;

/** A client with the page's library that remembers every message. */
export interface Shopper {
  socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  sales: Sale[];
  stocks: Stock[];
  orders: Order[];
  connected: number[];
  buy(requestId?: string, saleId?: string): Promise<BuyAnswer>;
}

/** Rejects with the `connect_error` when the server refuses. */
export async function connectShopper(
  url: string,
  token: string | null,
  options: Partial<ManagerOptions & SocketOptions> = {},
): Promise<Shopper> {
  const socket: Shopper['socket'] = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(token === null ? {} : { auth: { token } }),
    ...options,
  });
  const shopper: Shopper = {
    socket,
    sales: [],
    stocks: [],
    orders: [],
    connected: [],
    async buy(requestId = randomUUID(), saleId) {
      const answer = await socket
        .timeout(waitMsMax)
        .emitWithAck('buy', { requestId, ...(saleId === undefined ? {} : { saleId }) });
      if (answer.ok) noteClaim(answer.order);
      return answer;
    },
  };
  socket.on('sale', (sale) => shopper.sales.push(sale));
  socket.on('stock', (stock) => shopper.stocks.push(stock));
  socket.on('order', (order) => shopper.orders.push(order));
  socket.on('presence', ({ connected }) => shopper.connected.push(connected));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
  return shopper;
}

/** Waits for a condition, never for a time. */
export async function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: waitMsMax, interval: 20 });
}

export async function confirmedOrder(shopper: Shopper): Promise<Order> {
  return eventually(() => {
    const order = shopper.orders.find((each) => each.status === 'confirmed');
    expect(order).toBeDefined();
    return order as Order;
  });
}
