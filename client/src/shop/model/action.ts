import type { BuyAnswer, Order, Presence, Sale, Stock } from '@flipzon/protocol/schemas.ts';
import type { ClockReading, Customer, Reminder } from './model.ts';
import type { Choice } from './variants.ts';

/** Everything that can happen to the page; `now` is the monotonic clock of model.ts. */
export type Action =
  /** `askedAt`: when it was asked for; an event is of the moment. */
  | { type: 'sale'; sale: Sale; now: number; askedAt?: number }
  | { type: 'no_sale' }
  | { type: 'stock'; stock: Stock; now: number }
  | { type: 'presence'; presence: Presence }
  | { type: 'order'; order: Order }
  | { type: 'connected'; now: number }
  /** `silent`: nothing had been heard for a while, so the count may be older than the break. */
  | { type: 'disconnected'; silent: boolean; now: number }
  /** A request was answered while there is no socket. */
  | { type: 'polled'; askedAt: number }
  | { type: 'blocked' }
  | { type: 'bought_before'; order: Order }
  | { type: 'online'; online: boolean; now: number }
  | { type: 'clock'; reading: ClockReading; deviceMs: number; now: number }
  | { type: 'signed_in'; customer: Customer }
  /** The same customer continues with another token. */
  | { type: 'token_renewed'; customer: Customer }
  | { type: 'signed_out'; expired: boolean }
  | { type: 'updates_frozen'; frozen: boolean; now: number }
  | { type: 'reminder'; reminder: Reminder | null }
  | { type: 'receipt_kept' }
  | { type: 'sign_in_asked' }
  | { type: 'sign_in_closed' }
  | { type: 'chosen'; choice: Choice }
  | {
      type: 'pressed';
      saleId: string;
      requestId: string;
      variant?: string | undefined;
      pressedServerMs: number;
      resumed: boolean;
    }
  | { type: 'no_answer'; requestId: string }
  | { type: 'answered'; requestId: string; answer: BuyAnswer; now: number };
