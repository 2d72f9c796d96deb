import type { KeyObject } from 'node:crypto';
import type {
  OperatorAction,
  OperatorActionName,
  OperatorActionsAnswer,
  SalesAnswer,
} from '@flipzon/protocol/operator.ts';
import type { AuditReport, Order } from '@flipzon/protocol/schemas.ts';
import type { Claim, StoredOrder } from './order.ts';
import type { SalePlan } from './plans.ts';
import type { SaleRecord, SaleTerms, StockLevel } from './sale.ts';

/*
 * What the sale needs of the outside. Implementations live in redis/, mongo/, gateway/ and identity/ and are joined in app.ts.
 * Methods reject only on faults (a store that does not answer); everything expected is in the returned union.
 */

/** The life of a sale's keys between two recoveries. A claim is always made for one epoch, and fails closed in any other. */
export interface SaleEpoch {
  saleId: string;
  epoch: number;
}

export type ClaimOutcome =
  | { code: 'claimed'; claim: Claim; remaining: number }
  | { code: 'again'; claim: Claim }
  | { code: 'already'; claim: Claim; cancelled: boolean }
  | { code: 'sold_out' }
  | { code: 'not_active'; startsAt: number }
  /** The customer asks too often, over all nodes. */
  | { code: 'too_many'; retryAfterMs: number }
  /** MongoDB is too far behind: nothing was claimed, and waiting helps. */
  | { code: 'backlog' }
  /** It reached Redis after `decideBy`: nothing was claimed. */
  | { code: 'late' }
  /** This node has more open buys than it takes: nothing was claimed, and waiting helps. */
  | { code: 'busy'; retryAfterMs: number }
  /** The epoch is over or its script is gone: nothing was claimed, and recovery is due. */
  | { code: 'closed' };

export interface HeldClaim {
  claim: Claim;
  cancelled: boolean;
}

export interface ClaimLedger {
  /** `decideBy`: after this, by Redis's clock, nothing is claimed any more; without it, at any time. */
  claim(
    at: SaleEpoch,
    buy: { customerId: string; requestId: string; arrivedAt: number; decideBy?: number },
  ): Promise<ClaimOutcome>;
  /** Counts a buy that claims nothing towards the customer's rate, over all nodes; ms until they may ask again, 0: they may now. */
  countBuy(saleId: string, customerId: string): Promise<number>;
  /** The customer's claims as Redis has them, the cancelled ones too. */
  claimsOf(at: SaleEpoch, customerId: string, perCustomer: number): Promise<HeldClaim[]>;
  /** All claims of the epoch with the stock they belong to, read at once; null when the epoch is closed or gone. */
  winners(at: SaleEpoch): Promise<{ stock: StockLevel; claims: HeldClaim[] } | null>;
  /** Read at once; null when the keys are gone. */
  standing(at: SaleEpoch): Promise<{ quantity: number; remaining: number; held: number } | null>;
  takeBack(
    at: SaleEpoch,
    claim: Claim,
    kind: 'cancelled' | 'forgotten',
  ): Promise<'returned' | 'absent' | 'closed'>;
  configure(at: SaleEpoch, terms: SaleTerms): Promise<'configured' | 'stale' | 'refused' | 'closed'>;
  adopt(at: SaleEpoch, order: Claim): Promise<'known' | 'adopted' | 'closed'>;
  /** `restored` and `other` come with the claim that the customer holds now. */
  restore(
    at: SaleEpoch,
    claim: Claim,
  ): Promise<
    { code: 'restored' | 'known' | 'other'; claim: Claim } | { code: 'cancelled' | 'revoked' | 'closed' }
  >;
  reassign(
    at: SaleEpoch,
    claim: Claim,
  ): Promise<{ code: 'reassigned'; unit: number; seq: number } | { code: 'revoked' | 'absent' | 'closed' }>;
}

/** The keys of a sale's epoch as a whole: how recovery makes, opens, closes and inspects them. */
export interface EpochKeys {
  /** Keeps two nodes from recovering one sale at once. Only to save work: safety rests on the epoch, which one insert can take. */
  lock(saleId: string, owner: string, msMax: number): Promise<boolean>;
  /** Keeps the lock for as long again, if it is still the owner's. */
  renewLock(saleId: string, owner: string, msMax: number): Promise<void>;
  unlock(saleId: string, owner: string): Promise<void>;
  /**
   * `open`: script loaded and not closed. The others are null when the keys are gone, and `lastClaimAt`, when the newest claim was made, also
   * before the first one.
   */
  inspect(at: SaleEpoch): Promise<{
    open: boolean;
    stock: StockLevel | null;
    revision: number | null;
    lastClaimAt: number | null;
  }>;
  /**
   * The epoch was opened by a node of another version, whose scripts are others, and Redis has lost nothing since: loads this node's beside
   * them. False when that is not so.
   */
  join(at: SaleEpoch): Promise<boolean>;
  /** No claim of this or any earlier epoch succeeds after it, even if its keys should be built later. */
  closeUpTo(at: SaleEpoch): Promise<void>;
  build(at: SaleEpoch, content: EpochContent): Promise<void>;
  /** Loads every script but the claim: what earlier epochs promised can be brought back, and nobody buys yet. */
  openForRestores(at: SaleEpoch): Promise<void>;
  /** Loads the claim script: from here on the epoch sells. */
  open(at: SaleEpoch): Promise<void>;
  removeBefore(at: SaleEpoch): Promise<void>;
}

export interface EpochContent {
  terms: SaleTerms;
  perCustomer: number;
  holders: readonly Claim[];
  cancelled: readonly Claim[];
  /** Free units below `nextUnit`. */
  returned: readonly number[];
  nextUnit: number;
  remaining: number;
  seq: number;
}

/** Keys of the receipts' signatures: the first signs, all are believed. */
export type ReceiptKeys = readonly [KeyObject, ...KeyObject[]];

/** How bringing a sale to an open epoch ended. */
export type RecoveryOutcome =
  | { code: 'open_already'; epoch: number }
  | { code: 'recovered'; epoch: number; orders: number; drained: number }
  /** Another node has taken the epoch; it is at work, or has died at it: ask again. */
  | { code: 'overtaken' };

export interface OutboxEntry {
  entryId: string;
  /** Null when the entry can't be read as a claim. */
  claim: Claim | null;
  raw: readonly string[];
}

export interface Outbox {
  /** New entries for this writer; waits up to `waitMs` for the first one. */
  read(at: SaleEpoch, countMax: number, waitMs: number): Promise<OutboxEntry[]>;
  /** Entries that another writer, or this one, took `idleMs` ago and never settled. */
  takeOver(at: SaleEpoch, countMax: number, idleMs: number): Promise<OutboxEntry[]>;
  /** Whatever is left, whoever has it, from the oldest on. */
  leftovers(at: SaleEpoch, countMax: number): Promise<OutboxEntry[]>;
  settle(at: SaleEpoch, entryIds: readonly string[]): Promise<void>;
  setAside(at: SaleEpoch, entry: OutboxEntry, reason: string): Promise<void>;
  depth(at: SaleEpoch): Promise<{ waiting: number; poisoned: number }>;
  /** When its oldest entry was made, ms since 1970; null when it is empty. */
  oldestAt(at: SaleEpoch): Promise<number | null>;
}

export type Settlement =
  | { code: 'stored'; order: StoredOrder }
  | { code: 'stored_before'; order: StoredOrder }
  | { code: 'cancelled_before'; order: StoredOrder }
  | { code: 'customer_has_another'; order: StoredOrder }
  | { code: 'unit_taken'; order: StoredOrder }
  | { code: 'invalid'; reason: string };

export interface OrdersWanted {
  saleId: string;
  search?: string | undefined;
  after?: string | undefined;
  limit: number;
}

export interface OrderStore {
  /** Writes each claim as a confirmed order, in the order given. Rejects when the outcome is unknown; asking again is then safe. */
  insert(claims: readonly Claim[], sale: SaleRecord, confirmedAt: number): Promise<Settlement[]>;
  byId(id: string): Promise<StoredOrder | null>;
  ofCustomer(customerId: string): Promise<StoredOrder[]>;
  ofSale(saleId: string): AsyncIterable<StoredOrder>;
  /** By unit. `search`: a unit, an order's id, or how a customer's id begins. `after` is the `next` of an earlier page. */
  page(wanted: OrdersWanted): Promise<{ orders: StoredOrder[]; next: string | null }>;
  /** Orders that stand, and how many units or customers have more of them than they may. */
  standing(saleId: string, perCustomer: number): Promise<{ orders: number; duplicates: number }>;
  /** Null: there is no such order. Cancelling twice is the same as once. */
  cancel(id: string, at: number): Promise<StoredOrder | null>;
  /** So many orders of each customer have just been written; brings `customers.totalPurchases` in line with all that they have. */
  countPurchases(written: ReadonlyMap<string, number>): Promise<void>;
  /** The same for all customers of a sale: the entries that would have seen to it may be lost. */
  refreshTotalsOfSale(saleId: string): Promise<void>;
  totalPurchases(customerId: string): Promise<number>;
}

/** What disasters did to single claims, for those who ask later. */
export interface ClaimRepairs {
  /** Telling the same twice counts once. */
  add(claim: Claim, outcome: 'restored' | 'revoked'): Promise<void>;
  countsOf(saleId: string): Promise<{ restored: number; revoked: number }>;
  /** The customer's claims that were taken back, newest first. */
  revokedOf(saleId: string, customerId: string): Promise<Claim[]>;
}

/** Who made a revision, by what, and when; it is stored as one with the terms themselves. */
export interface RevisionEntry {
  action: OperatorActionName;
  by: string;
  at: number;
}

/** Who did what to a sale. */
export interface OperatorLog {
  /** Before it is done, so that nothing is done without an entry. Beginning the same again changes nothing. */
  begin(
    entry: Pick<OperatorAction, 'id' | 'saleId' | 'action' | 'by' | 'reason' | 'changes'> &
      Partial<Pick<OperatorAction, 'order' | 'customer'>> & { at: number },
  ): Promise<void>;
  done(id: string): Promise<void>;
  /** Newest first; `before` is the `next` of an earlier page. */
  page(wanted: {
    saleId?: string | undefined;
    before?: string | undefined;
    limit: number;
  }): Promise<OperatorActionsAnswer>;
  /** What changed the sale's terms after that version; the newest `limit` of it, oldest first. */
  termsSince(saleId: string, version: number, limit: number): Promise<OperatorAction[]>;
}

/** Sales that are planned and not made yet. */
export interface PlanStore {
  add(plan: SalePlan): Promise<void>;
  byId(id: string): Promise<SalePlan | null>;
  /** The next one first. */
  all(): Promise<SalePlan[]>;
  remove(id: string): Promise<void>;
}

export interface SaleHistory {
  /** Newest first; `before` is the `next` of an earlier page. */
  page(wanted: { before?: string | undefined; limit: number }): Promise<SalesAnswer>;
  /** The next one first; nothing is counted for it. */
  planned(): Promise<SalesAnswer>;
}

export interface SaleStore {
  /** The newest sale in its newest revision. */
  current(): Promise<SaleRecord | null>;
  byId(id: string): Promise<SaleRecord | null>;
  create(sale: SaleRecord, by: string): Promise<'created' | 'exists'>;
  /** `conflict`: somebody else made that revision first. */
  revise(saleId: string, terms: SaleTerms, entry: RevisionEntry): Promise<'revised' | 'conflict'>;
  /** 0 when the sale has had no epoch yet. */
  epoch(saleId: string): Promise<number>;
  /** False when somebody else has taken that epoch. */
  takeEpoch(at: SaleEpoch): Promise<boolean>;
}

export interface Clock {
  /** Redis's clock as this node knows it, whole ms since 1970. */
  now(): number;
}

/** The part of a customer's rate that a node keeps; the claim itself counts over all nodes. */
export interface BuyRate {
  /** For how long the customer is refused already, ms; 0: they may ask. */
  waitMs(customerId: string, now: number): number;
  /** A claim was refused: no further one is asked for until then. */
  refuse(customerId: string, now: number, retryAfterMs: number): void;
  /** Counts on this node alone, for answers that need no Redis; ms until the customer may ask again, 0: this one may be answered. */
  takeLocally(customerId: string, now: number): number;
}

/** The address and subnet that a buy comes from, as far as this node keeps count of them. */
export interface BuyerPlace {
  /** Many have come from the same address. */
  crowded(): boolean;
  /** Counts a buy; ms until one from there may ask again, 0: this one may be answered. */
  takeBuy(now: number): number;
}

/** Customers that an operator has shut out. */
export interface BlockedCustomers {
  has(customerId: string): boolean;
}

/** Tells the customer's own sockets, on whichever node they are. */
export interface OrderNotifier {
  notify(order: Order): void;
}

/** Tells the other nodes that something about the current sale, other than its stock, has changed. */
export interface SaleAnnouncer {
  announce(): Promise<void>;
}

export type Role = 'customer' | 'operator';
export interface Identity {
  customerId: string;
  role: Role;
  /** ms since 1970 */
  expiresAt: number;
  /** ms since 1970, where the token says it and we were told under which name. */
  accountCreatedAt: number | null;
}

export interface Tokens {
  /** Null for anything but a valid token: the caller is not told why. */
  verify(token: string): Identity | null | Promise<Identity | null>;
}

export type Audit = (saleId: string) => Promise<AuditReport | null>;
