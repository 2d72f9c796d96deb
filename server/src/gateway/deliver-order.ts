import type { Order } from '@flipzon/protocol/schemas.ts';
import type { ClientSocket, DeliveredOrder } from './socket-server.ts';

/**
 * Sends an order to a socket of its customer, if it is new to that socket. Several nodes may report the same, and their messages may overtake
 * each other: after `confirmed` only the cancellation is new, and after that nothing is. An earlier claim is ignored after a later one, whatever
 * their times: the clock of Redis may have stepped back in between.
 */
export function deliverOrder(socket: ClientSocket, order: Order): void {
  if (noteDelivered(socket, order)) socket.emit('order', order);
}

/** Notes that the order was sent to the socket. False: it already had this status, or a later one. */
export function noteDelivered({ data }: ClientSocket, { id, status, unit, seq, claimedAt }: Order): boolean {
  const delivered: DeliveredOrder = { status, unit, claimedAt, ...(seq !== undefined && { seq }) };
  if (!isNews(data.delivered?.get(id), delivered)) return false;
  data.delivered ??= new Map();
  data.delivered.set(id, delivered);
  return true;
}

function isNews(last: DeliveredOrder | undefined, order: DeliveredOrder): boolean {
  if (last === undefined) return true;
  if (last.status === 'cancelled') return false;
  if (last.status === 'confirmed') return order.status === 'cancelled';
  const [seq, lastSeq] = [order.seq ?? 0, last.seq ?? 0];
  if (order.status !== 'confirmed' && order.status !== 'cancelled' && seq < lastSeq) return false;
  if (seq === lastSeq && isOfHold(last) && rankOf(order) <= rankOf(last)) return false;
  return last.status !== order.status || last.unit !== order.unit || last.claimedAt !== order.claimedAt;
}

function isOfHold(order: Pick<DeliveredOrder, 'status'>): boolean {
  return [1, 2].includes(rankOf(order));
}

/** Of one claim: what a hold was before is no news after how it ended. */
function rankOf({ status }: Pick<DeliveredOrder, 'status'>): number {
  if (status === 'claimed') return 0;
  if (status === 'held') return 1;
  return status === 'expired' || status === 'released' ? 2 : 3;
}
