import { randomUUID } from 'node:crypto';
import type { ClientToServerEvents, ServerToClientEvents } from '@flipzon/protocol/events.ts';
import type { BuyAnswer, Order, Stock } from '@flipzon/protocol/schemas.ts';
import { io, type Socket } from 'socket.io-client';

const answerMsMax = 20_000;

/** A customer without a browser. */
export interface CrowdMember {
  customerId: string;
  stocks: Stock[];
  orders: Order[];
  buy(request?: { requestId?: string; saleId?: string }): Promise<BuyAnswer>;
  leave(): void;
}

export async function joinCrowd(url: string, customerId: string, token: string): Promise<CrowdMember> {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { token },
  });
  const member: CrowdMember = {
    customerId,
    stocks: [],
    orders: [],
    buy: ({ requestId = randomUUID(), ...request } = {}) =>
      socket.timeout(answerMsMax).emitWithAck('buy', { requestId, ...request }),
    leave: () => {
      socket.disconnect();
    },
  };
  socket.on('stock', (stock) => member.stocks.push(stock));
  socket.on('order', (order) => member.orders.push(order));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
  return member;
}
