import type { Asked } from '../crowd/customers/channel.ts';
import type { Metrics } from './context.ts';

const decisive = new Set(['sold_out', 'already_purchased']);

/** Counts the outcome of a customer's buy. The counters that `ensure` checks exist from the start, even if they stay 0. */
export function countOutcome(answer: Asked, askedMs: number, metrics: Metrics): void {
  const outcome = answer.ok ? 'claimed' : answer.code;
  metrics.emit('counter', `shop.outcome.${outcome}`, 1);
  metrics.emit('counter', 'shop.undecided', answer.ok || decisive.has(answer.code) ? 0 : 1);
  metrics.emit('counter', 'shop.unconfirmed', 0);
  metrics.emit('histogram', 'shop.buy_ms', askedMs);
}

export function countConfirmation(isConfirmed: boolean, waitedMs: number, metrics: Metrics): void {
  metrics.emit('counter', isConfirmed ? 'shop.confirmed' : 'shop.unconfirmed', 1);
  if (isConfirmed) metrics.emit('histogram', 'shop.confirmation_ms', waitedMs);
}
