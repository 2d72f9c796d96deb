import type { Order } from '@flipzon/protocol/schemas.ts';
import type { ClientSocket } from './socket-server.ts';

/**
 * An order to a socket of its customer. News comes from several nodes and may overtake each other; after `confirmed` nothing but its cancellation
 * is news, and after that nothing is.
 */
export function tellOrder(socket: ClientSocket, order: Order): void {
  const last = socket.data.ended?.get(order.id);
  if (last === 'cancelled' && order.status !== 'cancelled') return;
  if (last === 'confirmed' && order.status !== 'confirmed' && order.status !== 'cancelled') return;
  if (order.status === 'confirmed' || order.status === 'cancelled') {
    socket.data.ended ??= new Map();
    socket.data.ended.set(order.id, order.status);
  }
  socket.emit('order', order);
}
