import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { expect, test } from 'vitest';
import { artilleryArguments } from '../../artillery/artillery-arguments.ts';
import type { CustomerSocket } from '../../artillery/context.ts';
import {
  enterByHttp,
  isConfirmationAwaited,
  isToBeAskedAgain,
  leaveByHttp,
  readAnswer,
  readOrders,
} from '../../artillery/http-customer.ts';
import { buy, waitForOrder, waitForSale } from '../../artillery/socket-customer.ts';
import { claimedOrder as claimed } from '../claimed-order.ts';

const confirmed: Order = { ...claimed, status: 'confirmed', confirmedAt: '2026-01-01T00:00:01.000Z' };

/** Adds up the counters, as Artillery does. */
function counters() {
  const counts: Record<string, number> = {};
  const emit = (kind: string, name: string, value: number) => {
    if (kind === 'counter') counts[name] = (counts[name] ?? 0) + value;
  };
  return { counts, emit };
}

/** A socket that answers `buy` with each of these in turn. */
function socketWith(...answers: unknown[]) {
  const listeners = new Map<string, (payload: never) => void>();
  const asked: object[] = [];
  const socket: CustomerSocket = {
    on: (event: string, listener: (payload: never) => void) => void listeners.set(event, listener),
    timeout: () => ({
      emitWithAck: async (_event, payload) => {
        asked.push(payload);
        return answers.shift();
      },
    }),
  };
  const tell = (event: string, payload: unknown) => listeners.get(event)?.(payload as never);
  return { socket, asked, tell };
}

test('by socket: waits for the opening, asks again with the same request, waits until the order is confirmed', async () => {
  const { socket, asked, tell } = socketWith(
    { ok: false, code: 'too_many_requests', message: '', retryAfterMs: 1 },
    { ok: true, order: claimed, receipt: 'r' },
  );
  const context = { vars: { customerId: 'c' }, sockets: { '': socket } };
  const metrics = counters();
  const open = waitForSale(context);
  tell('sale', { id: 's', status: 'scheduled' } as Sale);
  tell('sale', { id: 's', status: 'live' } as Sale);
  await open;
  await buy(context, metrics);
  const settled = waitForOrder(context, metrics);
  tell('order', confirmed);
  await settled;

  expect(asked).toEqual([
    { saleId: 's', requestId: 's:c' },
    { saleId: 's', requestId: 's:c' },
  ]);
  expect(metrics.counts).toMatchObject({
    'shop.outcome.claimed': 1,
    'shop.undecided': 0,
    'shop.confirmed': 1,
    'shop.unconfirmed': 0,
  });
});

test('by socket: an answer that decides nothing is counted for ensure', async () => {
  const { socket } = socketWith({ ok: false, code: 'unauthenticated', message: '' });
  const metrics = counters();
  await buy({ vars: { customerId: 'c', saleId: 's' }, sockets: { '': socket } }, metrics);
  expect(metrics.counts).toMatchObject({ 'shop.outcome.unauthenticated': 1, 'shop.undecided': 1 });
});

test('by HTTP: a claim is looked for among the orders until it is confirmed', async () => {
  const context = { vars: { customerId: 'c', saleId: 's' } };
  const metrics = counters();
  await enterByHttp(context);
  await readAnswer(
    null,
    { statusCode: 201, body: JSON.stringify({ order: claimed, receipt: 'r' }) },
    context,
  );
  expect(await answerOf((done) => isToBeAskedAgain(context, done))).toBe(false);
  await readOrders(null, { statusCode: 200, body: { orders: [confirmed], totalPurchases: 1 } }, context);
  expect(await answerOf((done) => isConfirmationAwaited(context, done))).toBe(false);
  await leaveByHttp(context, metrics);
  expect(metrics.counts).toMatchObject({
    'shop.outcome.claimed': 1,
    'shop.confirmed': 1,
    'shop.undecided': 0,
  });
});

test('by HTTP: a request is repeated if that helps', async () => {
  const context = { vars: { customerId: 'c', saleId: 's' } };
  await enterByHttp(context);
  const body = JSON.stringify({ code: 'too_many_requests', message: '', retryAfterMs: 1 });
  await readAnswer(null, { statusCode: 429, body }, context);
  expect(await answerOf((done) => isToBeAskedAgain(context, done))).toBe(true);
});

test('the arguments name the shop, the customers and their tokens', () => {
  const args = artilleryArguments('socket.yml', { url: 'http://s', customers: 7, arriveS: 3 }, 't.csv');
  expect(args.slice(0, 4)).toEqual(['run', '--target', 'http://s', '--overrides']);
  expect(JSON.parse(args[4] ?? '')).toMatchObject({
    config: { phases: [{ duration: 3, arrivalCount: 7 }], payload: [{ path: 't.csv', skipHeader: true }] },
  });
  expect(args[5]).toBe('socket.yml');
});

function answerOf(ask: (done: (goOn: boolean) => void) => void): Promise<boolean> {
  return new Promise((resolve) => ask(resolve));
}
