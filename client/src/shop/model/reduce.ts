import type { Order } from '@flipzon/protocol/schemas.ts';
import { applyAnswer } from './apply-answer.ts';
import { applyClock } from './apply-clock.ts';
import { applySale, applyStock } from './apply-sale.ts';
import { freshUntil, isPending, type Model, serverMsAt } from './model.ts';
import type { News } from './news.ts';
import { mergeOrder } from './orders.ts';

export function reduce(model: Model, news: News): Model {
  switch (news.type) {
    case 'sale':
      return applySale(model, news.sale, news.now, news.askedAt);
    case 'no_sale':
      return { ...model, noSale: true };
    case 'stock':
      return applyStock(model, news.stock, news.now);
    case 'presence':
      return { ...model, connected: news.presence.connected };
    case 'order':
      return applyOrder(model, news.order);
    case 'connected':
      // The snapshot of each connection says how fresh the count is.
      return { ...model, disconnectedAt: null, polledAt: null, connectedBefore: true };
    case 'polled':
      return model.disconnectedAt === null ? model : { ...model, polledAt: news.askedAt };
    case 'blocked':
      return { ...model, blocked: true, attempt: null, signIn: 'closed' };
    case 'bought_before':
      return { ...model, boughtBefore: news.order, orders: mergeOrder(model.orders, news.order) };
    case 'disconnected':
      return applyDisconnected(model, news.silent, news.now);
    case 'online':
      return { ...model, online: news.online, freshAt: freshUntil(model, news.now) };
    case 'clock':
      return applyClock(model, news.reading, news.deviceMs, news.now);
    case 'signed_in':
      return {
        ...model,
        customer: news.customer,
        blocked: false,
        boughtBefore: null,
        signIn: 'closed',
        orders: [],
        attempt: null,
        pressedHere: false,
      };
    case 'signed_out': {
      const signIn = news.expired ? 'expired' : 'closed';
      return {
        ...model,
        customer: null,
        blocked: false,
        boughtBefore: null,
        signIn,
        orders: [],
        attempt: null,
        pressedHere: false,
      };
    }
    case 'updates_held':
      return { ...model, held: news.held ? holdUpdates(model, news.now) : null };
    case 'reminder':
      return { ...model, reminder: news.reminder };
    case 'receipt_kept':
      return { ...model, receiptsKept: model.receiptsKept + 1 };
    case 'sign_in_asked':
      return { ...model, signIn: 'asked' };
    case 'sign_in_closed':
      return { ...model, signIn: 'closed' };
    case 'pressed': {
      const { saleId, requestId, pressedServerMs, resumed } = news;
      const progress = { kind: resumed ? 'unknown' : 'claiming' } as const;
      return { ...model, pressedHere: true, attempt: { saleId, requestId, pressedServerMs, progress } };
    }
    case 'no_answer':
      return applyNoAnswer(model, news.requestId);
    case 'answered':
      return applyAnswer(model, news.requestId, news.answer, news.now);
  }
}

function holdUpdates(model: Model, now: number): Model['held'] {
  const { sale, connected } = model;
  return sale && { remaining: sale.remaining, connected, atServerMs: serverMsAt(model, now) };
}

function applyDisconnected(model: Model, silent: boolean, now: number): Model {
  const freshAt = silent ? model.freshAt : freshUntil(model, now);
  return { ...model, freshAt, disconnectedAt: model.disconnectedAt ?? now };
}

function applyOrder(model: Model, order: Order): Model {
  const orders = mergeOrder(model.orders, order);
  if (orders === model.orders) {
    return model;
  }
  return { ...model, orders, attempt: attemptAfterOrder(model, order) };
}

function attemptAfterOrder(model: Model, order: Order): Model['attempt'] {
  const held = order.status === 'claimed' || order.status === 'confirmed';
  if (held) {
    // One unit each: if the customer holds one, the press is answered, in whatever way the order came.
    const answers = model.attempt?.saleId === order.saleId && model.sale?.perCustomer === 1;
    return answers && isPending(model.attempt) ? null : model.attempt;
  }
  // The answer to an earlier press must not hide a revoked order.
  return isPending(model.attempt) ? model.attempt : null;
}

function applyNoAnswer(model: Model, requestId: string): Model {
  const attempt = model.attempt;
  if (!isPending(attempt) || attempt.requestId !== requestId || attempt.progress.kind !== 'claiming') {
    return model;
  }
  return { ...model, attempt: { ...attempt, progress: { kind: 'unknown' } } };
}
