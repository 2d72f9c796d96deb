import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Asked } from '../crowd/customers/channel.ts';
import { OrderBook } from '../crowd/customers/order-book.ts';
import { retryDelayMs } from '../crowd/customers/retry-delay.ts';
import { readAck } from '../crowd/customers/socket-channel.ts';
import { sleep } from '../shared/sleep.ts';
import {
  answerMsMax,
  attemptsMax,
  type Context,
  type CustomerSocket,
  confirmationMsMax,
  type Knowledge,
  type Metrics,
  openingMsMax,
} from './context.ts';
import { countConfirmation, countOutcome } from './outcome.ts';

type SocketContext = Context<Knowledge>;

/** Until the sale can be bought from; the `sale` event comes right after connecting and whenever its status changes. */
export async function waitForSale(context: SocketContext): Promise<void> {
  const socket = socketOf(context);
  const book = new OrderBook();
  context.vars.state = { book };
  socket.on('order', (order) => book.note(order));
  const sale = await new Promise<Sale>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the sale did not open')), openingMsMax);
    socket.on('sale', (told) => {
      if (told.status === 'scheduled' || told.status === 'paused') return;
      clearTimeout(timer);
      resolve(told);
    });
  });
  context.vars.saleId = sale.id;
}

/** Buys, and asks the same again where the shop says that this helps, until the answer is final. */
export async function buy(context: SocketContext, metrics: Metrics): Promise<void> {
  const { customerId, saleId, state } = context.vars;
  const payload = { saleId, requestId: `${saleId}:${customerId}` };
  const startedAtMs = performance.now();
  let answer: Asked = { ok: false, code: 'no_answer', message: '' };
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    answer = await ask(socketOf(context), payload);
    const delayMs = retryDelayMs(answer, attempt, Date.now(), Math.random);
    if (delayMs === null) break;
    metrics.emit('counter', `shop.asked_again.${answer.ok ? 'ok' : answer.code}`, 1);
    await sleep(delayMs);
  }
  countOutcome(answer, performance.now() - startedAtMs, metrics);
  if (state === undefined || !answer.ok) return;
  state.order = answer.order;
  state.book.note(answer.order);
}

/** A customer with a claim waits until the order is in the database. */
export async function waitForOrder(context: SocketContext, metrics: Metrics): Promise<void> {
  const { state } = context.vars;
  if (state?.order === undefined) return;
  const startedAtMs = performance.now();
  const settled = await state.book.settled(state.order.id, confirmationMsMax);
  countConfirmation(settled?.status === 'confirmed', performance.now() - startedAtMs, metrics);
}

async function ask(socket: CustomerSocket, payload: object): Promise<Asked> {
  try {
    return readAck(await socket.timeout(answerMsMax).emitWithAck('buy', payload));
  } catch (error) {
    return { ok: false, code: 'no_answer', message: error instanceof Error ? error.message : String(error) };
  }
}

function socketOf({ sockets }: SocketContext): CustomerSocket {
  const socket = sockets?.[''];
  if (socket === undefined) throw new Error('there is no socket');
  return socket;
}
