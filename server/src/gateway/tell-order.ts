import type { Order } from '@flipzon/protocol/schemas.ts';
import type { ClientSocket, ToldOrder } from './socket-server.ts';

/**
 * An order to a socket of its customer, if it is news there. It comes from several nodes, which may tell the same, and may overtake each other:
 * after `confirmed` nothing but the cancellation is news, and after that nothing is. What became of an earlier claim is none after a later one, whatever the
 * time that each was made at: the clock of Redis may have stepped back in between.
 */
export function tellOrder(socket: ClientSocket, order: Order): void {
  if (noteTold(socket, order)) socket.emit('order', order);
}

/** The socket learns of the order in another way, or has just learned of it. False: it knew as much, or more. */
export function noteTold({ data }: ClientSocket, { id, status, unit, seq, claimedAt }: Order): boolean {
  const told: ToldOrder = { status, unit, claimedAt, ...(seq !== undefined && { seq }) };
  if (!isNews(data.told?.get(id), told)) return false;
  data.told ??= new Map();
  data.told.set(id, told);
  return true;
}

function isNews(last: ToldOrder | undefined, order: ToldOrder): boolean {
  if (last === undefined) return true;
  if (last.status === 'cancelled') return false;
  if (last.status === 'confirmed') return order.status === 'cancelled';
  const isOfClaim = order.status === 'claimed' || order.status === 'revoked';
  if (isOfClaim && (order.seq ?? 0) < (last.seq ?? 0)) return false;
  return last.status !== order.status || last.unit !== order.unit || last.claimedAt !== order.claimedAt;
}
