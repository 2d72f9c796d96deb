import type { BuyRefusalCode } from '@flipzon/protocol/codes.ts';
import { usualCurrency } from '@flipzon/protocol/money.ts';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import { isAvailable } from './derive-phase.ts';
import type { MeasuredClock } from './measure-clock.ts';
import type { Choice } from './variants.ts';

/*
 * All that the page knows. Moments named `...At` are milliseconds of the page's own monotonic clock (`performance.now()`), which
 * no change of the device's clock can move; `...ServerMs` are milliseconds since 1970 by the server's clock.
 */

export interface ClockReading extends MeasuredClock {
  /** `status` readings come with the first snapshot; any reading by round trips replaces them. */
  source: 'status' | 'round_trips';
}

export interface Customer {
  id: string;
  token: string;
}

export interface Refusal {
  code: BuyRefusalCode;
  refusedAt: number;
  /** The end of a requested wait. */
  retryAt: number | null;
  startsAtServerMs: number | null;
  /** When the press reached the shop, by its clock. */
  arrivedServerMs: number | null;
  /** When the last unit was claimed, as far as the answer says. */
  soldOutServerMs: number | null;
}

/**
 * One press of Buy, from the press to its answer. `claiming` waits for the first answer; `unknown` got none in time,
 * `unavailable` has to wait; both repeat the same request id. `refused` is answered.
 */
export interface Attempt {
  saleId: string;
  requestId: string;
  /** `sku` of what was pressed for; missing where the product has no variants. */
  variant?: string | undefined;
  pressedServerMs: number;
  progress: Pending | ({ kind: 'refused' } & Refusal);
}

export interface Pending {
  kind: 'claiming' | 'unknown' | 'unavailable';
}

/** The visitor asked for a reminder of the opening of this sale; without `notifies` the browser does not allow it. */
export interface Reminder {
  saleId: string;
  notifies: boolean;
}

export interface FrozenUpdates {
  remaining: number;
  variants: Sale['variants'];
  connected: number | null;
  atServerMs: number;
}

/** `expired`: the server refused the token; `asked`: a spectator asked to sign in. */
export type SignIn = 'closed' | 'asked' | 'expired';

export interface Model {
  /** Null until the first snapshot. */
  sale: Sale | null;
  /** The server said that there is no sale at all. */
  noSale: boolean;
  /** When the sale itself was last received; counts alone do not matter here. */
  toldAt: number;
  /** When the count was last known to be true. */
  freshAt: number | null;
  /** When the last unit went, as the server says, or until then as this page saw it. */
  soldOutServerMs: number | null;
  /** Null while connected. */
  disconnectedAt: number | null;
  /** When the last answered request without a socket was sent; null while there is a socket, or without an answer yet. */
  polledAt: number | null;
  /** Only a page that was connected before can lose a connection. */
  connectedBefore: boolean;
  online: boolean;
  clock: ClockReading | null;
  /** The device's clock minus the server's, once that has been measured by round trips. */
  deviceSkewMs: number | null;
  connected: number | null;
  /** The visitor has stopped the live updates: what is shown instead, and since when. */
  frozen: FrozenUpdates | null;
  customer: Customer | null;
  /** The shop has blocked this customer: they may watch, and see their orders. */
  blocked: boolean;
  signIn: SignIn;
  orders: readonly Order[];
  /** How many receipts this page has stored since it was opened; the receipts are in the device's storage. */
  receiptsKept: number;
  attempt: Attempt | null;
  /** What the shopper chose on this device. */
  choice: Choice | null;
  /** The order of a press in an earlier sale, if it got a unit. */
  boughtBefore: Order | null;
  reminder: Reminder | null;
  /** Buy was pressed on this page, so its outcome may take the focus. */
  pressedHere: boolean;
  /** Any name can sign in: the shop is a demo. */
  demoLogin: boolean;
  /** Of sales that name none. */
  currency: string;
  /** Visitors sign in at the shop’s identity provider. */
  provider: boolean;
  /** Visitors sign in with a code by e-mail. */
  emailCodes: boolean;
}

export function initialModel(options: {
  customer: Customer | null;
  online: boolean;
  now: number;
  demoLogin?: boolean;
  currency?: string;
  provider?: boolean;
  emailCodes?: boolean;
  choice?: Choice | null;
}): Model {
  return {
    sale: null,
    noSale: false,
    toldAt: Number.NEGATIVE_INFINITY,
    freshAt: null,
    soldOutServerMs: null,
    disconnectedAt: options.now,
    polledAt: null,
    connectedBefore: false,
    online: options.online,
    clock: null,
    deviceSkewMs: null,
    connected: null,
    frozen: null,
    customer: options.customer,
    blocked: false,
    signIn: 'closed',
    orders: [],
    receiptsKept: 0,
    attempt: null,
    choice: options.choice ?? null,
    boughtBefore: null,
    reminder: null,
    pressedHere: false,
    demoLogin: options.demoLogin ?? false,
    currency: options.currency ?? usualCurrency,
    provider: options.provider ?? false,
    emailCodes: options.emailCodes ?? false,
  };
}

export function serverMsAt(model: Model, now: number): number {
  return now + (model.clock?.offsetMs ?? 0);
}

/** Without a socket, the shop counts as reachable for this long after an answer. */
const polledMsMax = 12_000;

/** There is no socket, but requests are answered: the page can buy, and its count is as old as the last answer. */
export function isPolling(model: Model, now: number): boolean {
  return model.disconnectedAt !== null && model.polledAt !== null && now - model.polledAt < polledMsMax;
}

/** A press can be sent at once. */
export function isReachable(model: Model, now: number): boolean {
  return model.online && (model.disconnectedAt === null || isPolling(model, now));
}

/** While there was a connection to a shop that knew its count, no news meant no change. */
export function freshUntil(model: Model, now: number): number | null {
  const known = model.sale !== null && isAvailable(model.sale);
  return known && model.disconnectedAt === null && model.online ? now : model.freshAt;
}

/** An attempt that has not been answered, so that its request id must be asked again. */
export function isPending(attempt: Attempt | null): attempt is Attempt & { progress: Pending } {
  return attempt !== null && attempt.progress.kind !== 'refused';
}
