import type { Hold } from './hold.ts';
import type { Claim } from './order.ts';
import type { SaleRecord, SaleTerms, StockLevel } from './sale.ts';
import type { UnitOffer } from './variant.ts';

/*
 * What the sale needs of Redis: claims, the keys that they are made in, and the way of each to its order. Implementations live in redis/ and
 * are joined in app.ts. Methods reject only on faults (a Redis that does not answer); everything expected is in the returned union.
 */

/** The life of a sale's keys between two recoveries. A claim is always made for one epoch, and fails closed in any other. */
export interface SaleEpoch {
  saleId: string;
  epoch: number;
}

export type ClaimOutcome =
  | { code: 'claimed'; claim: Claim; remaining: number }
  /** This very request was answered before. */
  | { code: 'replayed'; claim: Claim }
  /** This very request has bought in an earlier sale, not long ago; in this one it claims nothing. */
  | ({ code: 'earlier' } & EarlierClaim)
  /** The customer has had their share. */
  | { code: 'limit_reached'; claim: Claim; cancelled: boolean }
  | { code: 'sold_out' }
  | { code: 'not_active'; startsAt: number }
  /** The customer asks too often, over all nodes. */
  | { code: 'too_many'; retryAfterMs: number }
  /** MongoDB is too far behind: nothing was claimed, and waiting helps. */
  | { code: 'backlog' }
  /** It reached Redis after `decideBy`: nothing was claimed. */
  | { code: 'expired' }
  /** This node has more open buys than it takes: nothing was claimed, and waiting helps. */
  | { code: 'busy'; retryAfterMs: number }
  /** Another sale has taken the place of this one: nothing was claimed. */
  | { code: 'replaced' }
  /** The epoch is over or its script is gone: nothing was claimed, and recovery is due. */
  | { code: 'closed' };

/** A claim of an earlier sale, and what its unit was and cost there. */
export interface EarlierClaim extends UnitOffer {
  claim: Claim;
}

export interface HeldClaim {
  claim: Claim;
  cancelled: boolean;
}

/** What decides a buy that claims nothing. */
export interface Purchases {
  /** In the order of the customer's share. */
  claims: HeldClaim[];
  /** What this very request has bought in an earlier sale. */
  earlier: EarlierClaim | null;
  /** From then on (ms since 1970) another sale has the place of this one; null: none is known. */
  replacedAt: number | null;
}

/** `sold` of the held units are paid; `overdue` holds are counted up to 1,000. Both are missing in sales without payment. */
export interface StockInUse {
  quantity: number;
  remaining: number;
  held: number;
  sold?: number;
  overdue?: number;
}

export interface ClaimLedger {
  /**
   * `decideBy`: after this, by Redis's clock, nothing is claimed any more; without it, at any time. `variant`: its place among the
   * product's, from 1, in a sale that has any.
   */
  claim(
    at: SaleEpoch,
    buy: {
      customerId: string;
      requestId: string;
      arrivedAt: number;
      decideBy?: number;
      variant?: number | undefined;
    },
  ): Promise<ClaimOutcome>;
  /** Counts a buy that claims nothing towards the customer's rate, over all nodes; ms until they may ask again, 0: they may now. */
  countBuy(saleId: string, customerId: string): Promise<number>;
  /** The customer's claims as Redis has them, the cancelled ones too. */
  claimsOf(at: SaleEpoch, customerId: string, perCustomer: number): Promise<HeldClaim[]>;
  /** Read at once; null when the epoch does not sell: what was claimed may be missing then. */
  purchasesOf(
    at: SaleEpoch,
    buy: { customerId: string; requestId: string },
    perCustomer: number,
  ): Promise<Purchases | null>;
  /**
   * All claims of the epoch with the stock they belong to, read at once; null when the epoch is closed, gone, or not open yet. Those of earlier
   * sales are null when there are more than `earlierMax`. `withSold`: the sale requires payment.
   */
  allClaims(
    at: SaleEpoch,
    earlierMax: number,
    withSold?: boolean,
  ): Promise<{ stock: StockLevel; claims: HeldClaim[]; earlier: EarlierClaim[] | null } | null>;
  /** What the request has bought in an earlier sale, as far as this epoch knows. */
  earlierOf(at: SaleEpoch, customerId: string, requestId: string): Promise<EarlierClaim | null>;
  /**
   * Read at once; null when the keys are gone. `overdueBefore`: the sale requires payment, and a hold is overdue whose time to pay was over by then
   * (ms since 1970).
   */
  stockInUse(at: SaleEpoch, overdueBefore?: number): Promise<StockInUse | null>;
  /** Takes the unit from its holder and puts it back on sale; `cancelled`: the customer's share stays used. Safe to repeat. */
  release(
    at: SaleEpoch,
    claim: Claim,
    kind: 'cancelled' | 'forgotten',
  ): Promise<'released' | 'absent' | 'closed'>;
  configure(at: SaleEpoch, terms: SaleTerms): Promise<'configured' | 'stale' | 'refused' | 'closed'>;
  /** `cancelled`: an operator has cancelled it since it was read; it is not made known. */
  adopt(at: SaleEpoch, order: Claim): Promise<'known' | 'adopted' | 'cancelled' | 'closed'>;
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

/** What Redis has of holds beside their claims. MongoDB decides; all of this can be rebuilt from it, and repeated. */
export interface HoldLedger {
  /** Notes when these holds are due. */
  addDue(at: SaleEpoch, holds: readonly Pick<Hold, 'id' | 'payBy'>[]): Promise<void>;
  /** Ids of holds that are due by then (ms since 1970), the longest due first. */
  dueBy(at: SaleEpoch, nowMs: number, limit: number): Promise<string[]>;
  dropDue(at: SaleEpoch, ids: readonly string[]): Promise<void>;
  /**
   * Takes the unit from a hold whose end MongoDB has, and puts it back on sale; its request keeps its answer. `isShareUsed`: the customer may
   * not try again.
   */
  endHold(at: SaleEpoch, hold: Hold, isShareUsed: boolean): Promise<'ended' | 'absent' | 'closed'>;
  /** The hold is paid and its order is there. */
  markSold(at: SaleEpoch, hold: Hold): Promise<'marked' | 'known' | 'absent' | 'closed'>;
  /** The fencing number under which this node may sweep; null: another node does. */
  takeLease(saleId: string, msMax: number): Promise<number | null>;
  /** False: the lease was lost. */
  renewLease(saleId: string, fence: number, msMax: number): Promise<boolean>;
}

/** The requests that bought in earlier sales lately, stored with an epoch's keys. Writing the same again changes nothing. */
export interface EarlierRequests {
  /**
   * Copies all such requests from the keys of an earlier sale, with that sale's own claims as what their units were. False when those keys have
   * already handed on the requests of sales before them.
   */
  copy(
    from: SaleEpoch,
    offer: (unit: number) => UnitOffer,
    to: SaleEpoch,
    isKept: (claim: Pick<Claim, 'claimedAt'>) => boolean,
  ): Promise<boolean>;
  write(to: SaleEpoch, claims: AsyncIterable<EarlierClaim> | Iterable<EarlierClaim>): Promise<void>;
  /** The keys of the next sale have the requests: deletes them from these keys, so that there is one copy, however many sales a day has. */
  handedOn(from: SaleEpoch): Promise<void>;
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
   * before the first one. `withSold`: the sale requires payment.
   */
  inspect(
    at: SaleEpoch,
    withSold?: boolean,
  ): Promise<{
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
  /** From that moment on (ms since 1970) another sale takes its place: the claim script answers `replaced`, all other scripts work as before. */
  replace(at: SaleEpoch, from: number): Promise<void>;
  /** Loads every script but the claim: claims of earlier epochs can be restored, and no customer can buy yet. */
  openForRestores(at: SaleEpoch): Promise<void>;
  /** Loads the claim script: from here on the epoch sells. */
  open(at: SaleEpoch): Promise<void>;
  /** Frees what the sale's earlier epochs hold. */
  removeBefore(at: SaleEpoch): Promise<void>;
  /**
   * For a sale that is over and sealed: its keys, up to and including that epoch, expire after a day. False while claims wait in one of its
   * outboxes.
   */
  retire(at: SaleEpoch): Promise<boolean>;
}

export interface EpochContent {
  terms: SaleTerms;
  perCustomer: number;
  holders: readonly Claim[];
  cancelled: readonly Claim[];
  /** Missing in sales without payment. `due` are open, `ended` have let their units go, `sold` have an order. */
  holds?: {
    due: readonly Pick<Hold, 'id' | 'payBy'>[];
    ended: readonly EarlierClaim[];
    sold: readonly Claim[];
  };
  /** Free units below `nextUnit`. */
  returned: readonly number[];
  nextUnit: number;
  remaining: number;
  seq: number;
  /** Of each variant, in the order of the terms; then `nextUnit` of the whole means nothing. */
  variants?: readonly { nextUnit: number; remaining: number }[];
}

/** How bringing a sale to an open epoch ended. */
export type RecoveryOutcome =
  | { code: 'open_already'; epoch: number }
  | { code: 'recovered'; epoch: number; orders: number; drained: number }
  /** Another node has taken the epoch; it is at work or has died: try again. */
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
  /** Entries that another writer, or this one, took `idleMs` ago or earlier and has not acknowledged. */
  claimStale(at: SaleEpoch, countMax: number, idleMs: number): Promise<OutboxEntry[]>;
  /** All entries, also those that a writer has taken, from the oldest on. */
  readAll(at: SaleEpoch, countMax: number): Promise<OutboxEntry[]>;
  /** Acknowledges the entries and deletes them. */
  ack(at: SaleEpoch, entryIds: readonly string[]): Promise<void>;
  /** Moves an entry that cannot be written out of the outbox, for a person to decide. */
  deadLetter(at: SaleEpoch, entry: OutboxEntry, reason: string): Promise<void>;
  depth(at: SaleEpoch): Promise<{ waiting: number; deadLetters: number }>;
  /** When its oldest entry was made, ms since 1970; null when it is empty. */
  oldestAt(at: SaleEpoch): Promise<number | null>;
}

/** The rest of the work, after the customers are notified: counts their totals, then deletes the entries. Safe to repeat. */
export type FinishBatch = () => Promise<void>;

/**
 * Settles outbox entries of `at`: stores each claim in MongoDB, or reconciles it with the order that MongoDB has. Rejects when MongoDB's or Redis's
 * outcome is unknown; nothing was acknowledged then, and doing it again is harmless.
 *
 * `live` says that `at` sells now, so that what MongoDB decided against Redis must be made known to Redis; during a recovery the
 * keys are rebuilt from MongoDB afterwards, and need no repair.
 */
export type PersistClaims = (
  sale: SaleRecord,
  at: SaleEpoch,
  entries: readonly OutboxEntry[],
  live: boolean,
) => Promise<FinishBatch>;
