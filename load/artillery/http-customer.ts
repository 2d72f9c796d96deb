import { ordersAnswer, statusAnswer } from '@flipzon/protocol/schemas.ts';
import type { Asked } from '../crowd/customers/channel.ts';
import { readBuy } from '../crowd/customers/http-channel.ts';
import { OrderBook } from '../crowd/customers/order-book.ts';
import { retryDelayMs } from '../crowd/customers/retry-delay.ts';
import { sleep } from '../shared/sleep.ts';
import {
  attemptsMax,
  type Context,
  confirmationMsMax,
  type Knowledge,
  type Metrics,
  openingMsMax,
} from './context.ts';
import { countConfirmation, countOutcome } from './outcome.ts';

type State = Knowledge & {
  enteredAtMs: number;
  /** When the customer pressed; later, when the claim was answered. */
  sinceMs: number;
  isOpen: boolean;
  attempts: number;
  askedMs: number;
  answer: Asked;
};
type HttpContext = Context<State>;
type Done = (goOn: boolean) => void;
interface Response {
  statusCode: number;
  body: unknown;
}

const statusPollMs = 500;
const ordersPollMs = 2_000;
const ordersPauseMsMax = 5_000;

export async function enterByHttp({ vars }: HttpContext): Promise<void> {
  const now = performance.now();
  const answer: Asked = { ok: false, code: 'no_answer', message: '' };
  vars.state = {
    book: new OrderBook(),
    enteredAtMs: now,
    sinceMs: now,
    isOpen: false,
    attempts: 0,
    askedMs: 0,
    answer,
  };
}

export async function readStatus(
  _request: unknown,
  response: Response,
  { vars }: HttpContext,
): Promise<void> {
  const status = statusAnswer.safeParse(parse(response.body));
  if (!status.success) return;
  const { sale } = status.data;
  vars.saleId = sale.id;
  vars.requestId = `${sale.id}:${vars.customerId}`;
  stateOf(vars).isOpen = sale.status !== 'scheduled' && sale.status !== 'paused';
}

/** A function with a callback, as Artillery expects of `whileTrue`. */
export function isSaleAwaited({ vars }: HttpContext, done: Done): void {
  const state = stateOf(vars);
  const now = performance.now();
  if (!state.isOpen && now - state.enteredAtMs < openingMsMax) {
    goOnAfter(statusPollMs * (0.5 + Math.random()), done);
    return;
  }
  state.sinceMs = now;
  done(false);
}

export async function readAnswer(
  _request: unknown,
  response: Response,
  { vars }: HttpContext,
): Promise<void> {
  const state = stateOf(vars);
  state.attempts++;
  state.answer = readBuy({ code: 'answered', status: response.statusCode, body: parse(response.body) });
}

export function isToBeAskedAgain({ vars }: HttpContext, done: Done): void {
  const state = stateOf(vars);
  const delayMs = retryDelayMs(state.answer, state.attempts, Date.now(), Math.random);
  if (delayMs !== null && state.attempts < attemptsMax) {
    goOnAfter(delayMs, done);
    return;
  }
  if (state.answer.ok) state.order = state.answer.order;
  const now = performance.now();
  state.askedMs = now - state.sinceMs;
  state.sinceMs = now;
  done(false);
}

/** People do not read their orders at the moment of the answer, all at once; on FerretDB each reading scans all orders. */
export async function pauseBeforeOrders(): Promise<void> {
  await sleep(Math.random() * ordersPauseMsMax);
}

export async function readOrders(
  _request: unknown,
  response: Response,
  { vars }: HttpContext,
): Promise<void> {
  const orders = ordersAnswer.safeParse(parse(response.body));
  if (orders.success) for (const order of orders.data.orders) stateOf(vars).book.note(order);
}

/** Each customer reads their orders once; a customer with a claim reads them again until it is confirmed. */
export function isConfirmationAwaited({ vars }: HttpContext, done: Done): void {
  const { order, book, sinceMs } = stateOf(vars);
  const isSettled = order === undefined || book.settledNow(order.id) !== null;
  if (isSettled || performance.now() - sinceMs > confirmationMsMax) done(false);
  else goOnAfter(ordersPollMs * (0.5 + Math.random()), done);
}

export async function leaveByHttp({ vars }: HttpContext, metrics: Metrics): Promise<void> {
  const { answer, askedMs, order, book, sinceMs } = stateOf(vars);
  countOutcome(answer, askedMs, metrics);
  if (order === undefined) return;
  const isConfirmed = book.settledNow(order.id)?.status === 'confirmed';
  countConfirmation(isConfirmed, performance.now() - sinceMs, metrics);
}

function stateOf({ state }: HttpContext['vars']): State {
  if (state === undefined) throw new Error('the scenario has not begun');
  return state;
}

function goOnAfter(ms: number, done: Done): void {
  void sleep(ms).then(() => done(true));
}

function parse(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
