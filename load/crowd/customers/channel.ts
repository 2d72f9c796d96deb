import type { BuyRefused, BuyRequest, Order } from '@flipzon/protocol/schemas.ts';
import type { OrderBook } from './order-book.ts';

/** The result of a request: the shop's answer, or none (lost, late, or not what the contract says). */
export type Asked =
  | { ok: true; order: Order }
  | BuyRefused
  | { ok: false; code: 'no_answer'; message: string; retryAfterMs?: number };

/** A shopper's channel to the shop: a socket or HTTP. */
export interface Channel {
  readonly transport: 'socket' | 'http';
  readonly book: OrderBook;
  connect(): Promise<{ ok: true } | { ok: false; code: string }>;
  buy(
    request: Required<Pick<BuyRequest, 'saleId' | 'requestId'>> & Pick<BuyRequest, 'variant'>,
    timeoutMs: number,
  ): Promise<Asked>;
  /** The order once it is confirmed, revoked or cancelled; `null` when it is neither within `timeoutMs`. */
  settled(order: Order, timeoutMs: number): Promise<Order | null>;
  close(): void;
}
