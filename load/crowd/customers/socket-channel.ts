import { buyRefused, orderAnswer, order as orderSchema } from '@flipzon/protocol/schemas.ts';
import type { Asked, Channel } from './channel.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { OrderBook } from './order-book.ts';

/** A shopper in a browser: one socket, and `order` events on it. */
export function createSocketChannel(
  options: Omit<ConnectionOptions, 'onEvent'>,
): Channel & { connection: Connection } {
  const book = new OrderBook();
  const connection = new Connection({
    ...options,
    onEvent: (name, payload) => {
      if (name !== 'order') return;
      const order = orderSchema.safeParse(payload);
      if (order.success) book.note(order.data);
    },
  });
  return {
    transport: 'socket',
    book,
    connection,
    connect: () => connection.connect(),
    buy: async (request, timeoutMs) => {
      const acked = await connection.ask('buy', request, timeoutMs);
      if (!acked.ok) return { ok: false, code: 'no_answer', message: acked.code };
      const asked = readAck(acked.payload);
      if ('order' in asked && asked.order !== undefined) book.note(asked.order);
      return asked;
    },
    settled: (order, timeoutMs) => book.settled(order.id, timeoutMs),
    close: () => connection.close(),
  };
}

/** What the acknowledgement of `buy` says. */
export function readAck(payload: unknown): Asked {
  if ((payload as { ok?: unknown } | null)?.ok === true) {
    const accepted = orderAnswer.safeParse(payload);
    if (accepted.success) return { ok: true, order: accepted.data.order };
  }
  const refused = buyRefused.safeParse(payload);
  if (refused.success) return refused.data;
  return { ok: false, code: 'no_answer', message: 'not an answer of the contract' };
}
