import type { Order } from '@flipzon/protocol/schemas.ts';
import type { ClientSocket, ToldOrder } from './socket-server.ts';

/**
 * An order to a socket of its customer, if it is news there. It comes from several nodes, which may tell the same, and may overtake each other:
 * after `confirmed` nothing but the cancellation is news, and after that nothing is.
 */
export function tellOrder(socket: ClientSocket, order: Order): void {
  if (noteTold(socket, order)) socket.emit('order', order);
}

/** The socket learns of the order in another way, or has just learned of it. False: it knew as much, or more. */
export function noteTold({ data }: ClientSocket, { id, status, unit, claimedAt }: Order): boolean {
  if (!isNews(data.told?.get(id), { status, unit, claimedAt })) return false;
  data.told ??= new Map();
  data.told.set(id, { status, unit, claimedAt });
  return true;
}

function isNews(last: ToldOrder | undefined, order: ToldOrder): boolean {
  if (last === undefined) return true;
  if (last.status === 'cancelled') return false;
  if (last.status === 'confirmed') return order.status === 'cancelled';
  return last.status !== order.status || last.unit !== order.unit || last.claimedAt !== order.claimedAt;
}
