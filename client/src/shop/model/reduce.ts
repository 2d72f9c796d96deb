import type { Order } from '@flipzon/protocol/schemas.ts';
import type { Action } from './action.ts';
import { applyAnswer } from './apply-answer.ts';
import { applyClock } from './apply-clock.ts';
import { applySale, applyStock } from './apply-sale.ts';
import { freshUntil, isPending, type Model, serverMsAt } from './model.ts';
import { mergeOrder } from './orders.ts';

export function reduce(model: Model, action: Action): Model {
  switch (action.type) {
    case 'sale':
      return applySale(model, action.sale, action.now, action.askedAt);
    case 'no_sale':
      return { ...model, noSale: true };
    case 'stock':
      return applyStock(model, action.stock, action.now);
    case 'presence':
      return { ...model, connected: action.presence.connected };
    case 'order':
      return applyOrder(model, action.order);
    case 'connected':
      // The snapshot of each connection says how fresh the count is.
      return { ...model, disconnectedAt: null, polledAt: null, connectedBefore: true };
    case 'polled':
      return model.disconnectedAt === null ? model : { ...model, polledAt: action.askedAt };
    case 'blocked':
      return { ...model, blocked: true, attempt: null, signIn: 'closed' };
    case 'bought_before':
      return { ...model, boughtBefore: action.order, orders: mergeOrder(model.orders, action.order) };
    case 'disconnected':
      return applyDisconnected(model, action.silent, action.now);
    case 'online':
      return { ...model, online: action.online, freshAt: freshUntil(model, action.now) };
    case 'clock':
      return applyClock(model, action.reading, action.deviceMs, action.now);
    case 'signed_in':
      return applyCustomer(model, action.customer, 'closed');
    case 'token_renewed':
      return { ...model, customer: action.customer };
    case 'signed_out':
      return applyCustomer(model, null, action.expired ? 'expired' : 'closed');
    case 'updates_frozen':
      return { ...model, frozen: action.frozen ? freezeUpdates(model, action.now) : null };
    case 'reminder':
      return { ...model, reminder: action.reminder };
    case 'receipt_kept':
      return { ...model, receiptsKept: model.receiptsKept + 1 };
    case 'sign_in_asked':
      return { ...model, signIn: 'asked' };
    case 'sign_in_closed':
      return { ...model, signIn: 'closed' };
    case 'chosen':
      return { ...model, choice: action.choice, attempt: attemptAfterChoice(model.attempt) };
    case 'pressed': {
      const { saleId, requestId, variant, pressedServerMs, resumed } = action;
      const progress = { kind: resumed ? 'unknown' : 'claiming' } as const;
      const attempt = { saleId, requestId, variant, pressedServerMs, progress };
      return { ...model, pressedHere: true, attempt };
    }
    case 'no_answer':
      return applyNoAnswer(model, action.requestId);
    case 'answered':
      return applyAnswer(model, action.requestId, action.answer, action.now);
  }
}

/** The page of a customer who has just come, or of none: nothing of the one before stays. */
function applyCustomer(model: Model, customer: Model['customer'], signIn: Model['signIn']): Model {
  return {
    ...model,
    customer,
    blocked: false,
    boughtBefore: null,
    signIn,
    orders: [],
    attempt: null,
    pressedHere: false,
  };
}

/** A sold-out refusal of the earlier variant does not apply to the newly chosen one. */
function attemptAfterChoice(attempt: Model['attempt']): Model['attempt'] {
  const progress = attempt?.progress;
  return progress?.kind === 'refused' && progress.code === 'sold_out' ? null : attempt;
}

function freezeUpdates(model: Model, now: number): Model['frozen'] {
  const { sale, connected } = model;
  return (
    sale && {
      remaining: sale.remaining,
      variants: sale.variants,
      connected,
      atServerMs: serverMsAt(model, now),
    }
  );
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
