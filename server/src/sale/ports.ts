import type { KeyObject } from 'node:crypto';
import type { AuditReport } from '@flipzon/protocol/audit-schemas.ts';
import type { Role } from '@flipzon/protocol/identity.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';

/*
 * What the sale needs from outside besides its stores (ledger-ports.ts, store-ports.ts). Implementations are joined in app.ts.
 */

/** Keys of the receipts' signatures: the first signs, all verify. */
export type ReceiptKeys = readonly [KeyObject, ...KeyObject[]];

export interface Clock {
  /** Redis's clock as this node knows it, whole ms since 1970. */
  now(): number;
}

/** The part of a customer's rate that a node keeps; the claim itself counts over all nodes. */
export interface BuyRate {
  /** For how long the customer is refused already, ms; 0: they may ask. */
  waitMs(customerId: string): number;
  /** Notes that Redis has refused the customer: no further claim is sent to Redis until then. */
  refuse(customerId: string, retryAfterMs: number): void;
  /** Counts on this node alone, for answers that need no Redis; ms until the customer may ask again, 0: this one may be answered. */
  takeLocally(customerId: string): number;
}

/** The address and subnet that a buy comes from, as far as this node keeps count of them. */
export interface BuyerNetwork {
  /** Many have come from the same address. */
  crowded(): boolean;
  /** Counts a buy; ms until one from there may ask again, 0: this one may be answered. */
  takeBuy(now: number): number;
}

/** Customers that an operator has blocked. */
export interface BlockedCustomers {
  has(customerId: string): boolean;
}

/** Notifies the customer's own sockets, on any node. */
/** Notes that customers are to get a mail about these orders. Safe to repeat; no mail is sent twice for it. */
export type PlanMails = (orders: readonly { id: string; customerId: string }[]) => Promise<void>;

export interface OrderNotifier {
  notify(order: Order): void;
}

/** What a node reads again when another one has changed it. */
export type Announced = 'sale' | 'blocked' | 'settings' | 'sessions';

/** Notifies the other nodes of a change in MongoDB. The node that made it has read it already. */
export interface Announcer {
  announce(what: Announced): Promise<void>;
}

export interface Identity {
  customerId: string;
  role: Role;
  /** ms since 1970 */
  expiresAt: number;
  /** ms since 1970, if the token has the claim that `ACCOUNT_CREATED_CLAIM` names. */
  accountCreatedAt: number | null;
  /** Of a token that was given out after a sign-in at this shop. */
  sessionId: string | null;
}

export interface Tokens {
  /** Null for anything but a valid token: the caller does not learn why. */
  verify(token: string): Identity | null | Promise<Identity | null>;
}

export type Audit = (saleId: string) => Promise<AuditReport | null>;
