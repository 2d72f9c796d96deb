import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import type { OrderBook } from '../crowd/customers/order-book.ts';

/** The part used here of what Artillery passes to a function of the processor. */
export interface Metrics {
  emit(kind: 'counter' | 'histogram', name: string, value: number): void;
}

export interface CustomerSocket {
  on(event: 'sale', listener: (sale: Sale) => void): void;
  on(event: 'order', listener: (order: Order) => void): void;
  timeout(ms: number): { emitWithAck(event: 'buy', payload: object): Promise<unknown> };
}

export interface Context<State> {
  vars: { customerId: string; saleId?: string; requestId?: string; state?: State };
  sockets?: Record<string, CustomerSocket>;
}

/** What the customer of one scenario knows. */
export interface Knowledge {
  book: OrderBook;
  order?: Order;
}

/** Long enough for every --lead-s; the run as a whole is bounded too. */
export const openingMsMax = 660_000;
export const answerMsMax = 10_000;
export const confirmationMsMax = 60_000;
export const attemptsMax = 12;
