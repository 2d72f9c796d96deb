import type {
  OperatorAction,
  OperatorActionName,
  OperatorActionsAnswer,
  SalesAnswer,
} from '@flipzon/protocol/operator.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import type { Hold, HoldCounts, HoldEnd, HoldRecord } from './hold.ts';
import type { SaleEpoch } from './ledger-ports.ts';
import type { Claim, StoredOrder } from './order.ts';
import type { PaymentTerms, SaleRecord, SaleTerms } from './sale.ts';
import type { SalePlan } from './sale-plan.ts';
import type { WindowInForce } from './windows.ts';

/*
 * What the sale needs from MongoDB: sales, orders, and the log of operators' actions. Implementations live in mongo/ and are joined in app.ts.
 * Methods reject only on faults (a database that does not answer); everything expected is in the returned union.
 */

/** `Written`: what a claim becomes, an order or a hold. */
export type InsertOutcome<Written = StoredOrder> =
  | { code: 'stored'; order: Written }
  | { code: 'stored_before'; order: Written }
  | { code: 'cancelled_before'; order: Written }
  | { code: 'customer_has_another'; order: Written }
  | { code: 'unit_taken'; order: Written }
  | { code: 'invalid'; reason: string };

/** What claims become in MongoDB: orders, or in a sale that requires payment holds. */
export interface WrittenClaims<Written extends Claim> {
  /** Writes each claim, in the order given. Rejects when the outcome is unknown; asking again is then safe. */
  insert(claims: readonly Claim[], sale: SaleRecord, now: number): Promise<InsertOutcome<Written>[]>;
  /** `written`: how many of each customer have just been written. */
  countPurchases(written: ReadonlyMap<string, number>): Promise<void>;
  show(written: Written): Order;
  /** It was cancelled or has ended, and has no unit any more. */
  isGone(written: Written): boolean;
  /** Does again what followed from its end, because its claim has come again: late, or brought back by a receipt. */
  repeatEnd(written: Written): Promise<unknown>;
  /** The same, if it has ended by now. */
  repeatIfEnded(written: Written): Promise<unknown>;
}

export interface OrdersWanted {
  saleId: string;
  search?: string | undefined;
  after?: string | undefined;
  limit: number;
}

export interface OrdersPage {
  orders: StoredOrder[];
  next: string | null;
}

export interface OrderStore {
  /** Writes each claim as a confirmed order, in the order given. Rejects when the outcome is unknown; asking again is then safe. */
  insert(claims: readonly Claim[], sale: SaleRecord, confirmedAt: number): Promise<InsertOutcome[]>;
  byId(id: string): Promise<StoredOrder | null>;
  ofCustomer(customerId: string): Promise<StoredOrder[]>;
  /** The customer's, newest first; `before` is the `next` of an earlier page. */
  pageOfCustomer(
    customerId: string,
    wanted: { before?: string | undefined; limit: number },
  ): Promise<OrdersPage>;
  /** Over all sales: an order's id or number, or how a customer's id begins. `after` is the `next` of an earlier page. */
  search(wanted: { search: string; after?: string | undefined; limit: number }): Promise<OrdersPage>;
  /** How many customers have bought in that sale, cancelled orders included. */
  customersIn(saleId: string): Promise<number>;
  ofSale(saleId: string): AsyncIterable<StoredOrder>;
  /** The orders of these sales that were claimed since then, cancelled ones too. */
  claimedSince(saleIds: readonly string[], since: number): AsyncIterable<StoredOrder>;
  /** By unit. `search`: a unit, an order's id, or how a customer's id begins. `after` is the `next` of an earlier page. */
  page(wanted: OrdersWanted): Promise<OrdersPage>;
  /** Active orders, and how many units or customers have too many of them. */
  active(saleId: string, perCustomer: number): Promise<{ orders: number; duplicates: number }>;
  /** Null: there is no such order. Cancelling twice is the same as once. */
  cancel(id: string, at: number): Promise<StoredOrder | null>;
  /** `written`: how many orders of each customer have just been written. Brings `customers.totalPurchases` in line with all that they have. */
  countPurchases(written: ReadonlyMap<string, number>): Promise<void>;
  /**
   * The same for the customers of some of a sale's orders, those after the order with that id. Returns the id of the last of them, null when
   * there are no more.
   */
  recount(saleId: string, after: string): Promise<string | null>;
  totalPurchases(customerId: string): Promise<number>;
}

export type HoldInsertOutcome =
  /** `stored_before`: also of a hold that has ended since. */
  | { code: 'stored' | 'stored_before' | 'customer_has_another' | 'unit_taken'; record: HoldRecord }
  | { code: 'invalid'; reason: string };

/** Holds of sales that require payment, and how each ended. */
export interface HoldStore {
  /** Writes each claim as a hold, in the order given. Rejects when the outcome is unknown; asking again is then safe. */
  insert(
    claims: readonly Claim[],
    sale: SaleRecord,
    terms: PaymentTerms,
    heldAt: number,
  ): Promise<HoldInsertOutcome[]>;
  byId(id: string): Promise<HoldRecord | null>;
  /** The hold of this very claim. */
  ofClaim(claim: Claim): Promise<HoldRecord | null>;
  /** Of each of these claims of one sale, in their order; null where there is none. */
  ofClaims(claims: readonly Claim[]): Promise<(HoldRecord | null)[]>;
  /** Newest first. */
  ofCustomer(customerId: string, limit: number): Promise<HoldRecord[]>;
  /** All that the customer has had in that sale, in any order. */
  inSale(saleId: string, customerId: string, perCustomer: number): Promise<HoldRecord[]>;
  /** The claims of these sales since then that became holds, however those ended. */
  claimedSince(saleIds: readonly string[], since: number): AsyncIterable<Hold>;
  ofSale(saleId: string): AsyncIterable<HoldRecord>;
  /** How many holds of the sale there are, how they have ended, and of how many ends all that follows is done. */
  countsOf(saleId: string): Promise<HoldCounts>;
  /** Those of the sale that have not ended. */
  openOf(saleId: string): Promise<Pick<Hold, 'id' | 'payBy'>[]>;
  /** Decides how the hold ended; returns what stands, which another node may have decided before. */
  end(hold: Pick<Hold, 'id' | 'saleId'>, end: HoldEnd): Promise<HoldEnd>;
  /** Another customer can hold the unit. Only after the end was decided, and not as `paid`. Safe to repeat. */
  letGo(hold: Pick<Hold, 'id' | 'seq'>): Promise<void>;
  /** What follows from the end of the hold is done. */
  done(id: string): Promise<void>;
  /** Holds whose end was decided before `before` and is not done, the oldest first. */
  unfinished(before: number, limit: number): Promise<string[]>;
}

/** Which payment is for which hold: one payment is taken for one hold at most. */
export interface PaymentReferences {
  /** Whose the reference is: from now on this hold's, or that of the hold which had it before. Null: it has just been freed. */
  take(reference: string, holdId: string): Promise<string | null>;
  /** That hold has ended without this payment. Safe to repeat. */
  free(reference: string, holdId: string): Promise<void>;
}

/** What recoveries did to single claims, for reports. */
export interface ClaimRepairs {
  /** Noting the same twice counts once. */
  add(claim: Claim, outcome: 'restored' | 'revoked'): Promise<void>;
  countsOf(saleId: string): Promise<{ restored: number; revoked: number }>;
  /** The customer's claims that were taken back, newest first. */
  revokedOf(saleId: string, customerId: string): Promise<Claim[]>;
}

/** Who made a revision, by which action, and when; stored in one document with the terms. */
export interface RevisionEntry {
  action: OperatorActionName;
  by: string;
  at: number;
}

/** Which actions; without a condition, all of them. */
export interface ActionFilter {
  saleId?: string | undefined;
  /** The operator, as their token names them. */
  by?: string | undefined;
  action?: OperatorActionName | undefined;
  /** ms since 1970; the actions from then on. */
  from?: number | undefined;
  /** ms since 1970; the actions before then. */
  until?: number | undefined;
}

export interface ActionsWanted extends ActionFilter {
  before?: string | undefined;
  limit: number;
}

/** The log of operators' actions. */
export interface OperatorLog {
  /** Before it is done, so that nothing is done without an entry. Beginning the same again changes nothing. */
  begin(
    entry: Pick<OperatorAction, 'id' | 'saleId' | 'action' | 'by' | 'reason' | 'changes'> &
      Partial<Pick<OperatorAction, 'order' | 'customer'>> & { at: number },
  ): Promise<void>;
  done(id: string): Promise<void>;
  /** Orders whose cancellation was begun before `before` and is not done, the oldest first. */
  begunCancellations(before: number, limit: number): Promise<string[]>;
  /** Newest first; `before` is the `next` of an earlier page. */
  page(wanted: ActionsWanted): Promise<OperatorActionsAnswer>;
  /** What changed the sale's terms after that version; the newest `limit` of it, oldest first. */
  termsSince(saleId: string, version: number, limit: number): Promise<OperatorAction[]>;
}

/** Sales that are planned and not made yet. */
export interface PlanStore {
  add(plan: SalePlan): Promise<void>;
  /** Puts it in place of the one with its id; false if there is none. */
  replace(plan: SalePlan): Promise<boolean>;
  byId(id: string): Promise<SalePlan | null>;
  /** The scheduled ones, the next one first. */
  all(): Promise<SalePlan[]>;
  /** The newest first. */
  drafts(): Promise<SalePlan[]>;
  /** A plan or a draft. */
  byPreviewKey(key: string): Promise<SalePlan | null>;
  /** Its sale has been made. */
  remove(id: string): Promise<void>;
  /** Removes the plan, and from then on no sale is made of it. False: one has been made. */
  drop(plan: SalePlan): Promise<boolean>;
}

export interface SaleHistory {
  /** Newest first; `before` is the `next` of an earlier page. */
  page(wanted: { before?: string | undefined; limit: number }): Promise<SalesAnswer>;
  /** The next one first; nothing is counted for it. */
  planned(): Promise<SalesAnswer>;
  /** The newest first. */
  drafts(): Promise<SalesAnswer>;
  /** The names of these sales' products. */
  names(saleIds: readonly string[]): Promise<{ id: string; name: string }[]>;
}

/** Sales whose customers are to be counted again. */
export interface Recounts {
  /** `by`: the node that will do it. Planning the same twice is the same as once. */
  plan(at: SaleEpoch, by: string): Promise<void>;
  due(): Promise<{ id: string; saleId: string; after: string; by: string; at: number }[]>;
  isDue(saleId: string): Promise<boolean>;
  cameTo(id: string, after: string, by: string): Promise<void>;
  done(id: string): Promise<void>;
}

export interface PastSales {
  /** Newest first, the current one among them; `epoch` is the sale's newest, 0 without one. `before` is the `next` of an earlier page. */
  page(wanted: { before?: string | undefined; limit: number }): Promise<{
    sales: { saleId: string; epoch: number; sealed: boolean }[];
    next: string | null;
  }>;
}

/** A sale that was made ready before its time. */
export interface Successor {
  sale: SaleRecord;
  /** ms since 1970 */
  takesOverAt: number;
  replacedId: string | null;
}

export interface SaleStore {
  /** The newest sale in its newest revision, but for a successor whose time has not come. */
  current(): Promise<SaleRecord | null>;
  byId(id: string): Promise<SaleRecord | null>;
  /** The sales before this one that have been on the page since then, the newest first. */
  before(sale: SaleRecord, since: number): Promise<Pick<SaleRecord, 'id' | 'product' | 'terms'>[]>;
  /**
   * Makes the successor of the sale `replacedId`, or the first sale where that is null. `exists`: that sale has a successor, which is there
   * when this resolves. `dropped`: the sale was planned, and an operator has dropped the plan.
   */
  create(sale: SaleRecord, by: string, replacedId: string | null): Promise<'created' | 'exists' | 'dropped'>;
  /** Null also once `tookOver` was called for it. */
  successor(): Promise<Successor | null>;
  /** Both, from one reading. */
  onShow(): Promise<{ current: SaleRecord | null; successor: Successor | null }>;
  /** Records that the successor has the page and is now a sale like any other. */
  tookOver(saleId: string): Promise<void>;
  /** `conflict`: another node inserted that revision first. */
  revise(saleId: string, terms: SaleTerms, entry: RevisionEntry): Promise<'revised' | 'conflict'>;
  /** One for each revision, the oldest first. */
  windows(saleId: string): Promise<WindowInForce[]>;
  /** 0 when the sale has had no epoch yet. */
  epoch(saleId: string): Promise<number>;
  /** False if another node has taken that epoch. */
  takeEpoch(at: SaleEpoch): Promise<boolean>;
}
