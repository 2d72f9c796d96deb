import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Money } from '@flipzon/protocol/money.ts';
import type { HoldOutcome } from '../sale/hold.ts';
import type { Claim } from '../sale/order.ts';
import { isoInstant, type PaymentTerms } from '../sale/sale.ts';
import type { UnitRange } from '../sale/variant.ts';
import type { WindowInForce } from '../sale/windows.ts';
import { hmacSha256 } from '../shared/hmac.ts';

/** Leaves of one chunk. A power of two: each full chunk is then a subtree, and a proof needs only one of them. */
export const leavesPerChunk = 1024;

/** A claim as it stands when its sale is sealed. */
export interface SealedClaim extends Claim {
  status: 'confirmed' | 'cancelled' | 'revoked' | 'expired' | 'released';
  /** Of its order or hold; null for a revoked claim, which has none. */
  price: Money | null;
  /** In a sale that requires payment; missing for a revoked claim. */
  hold?: SealedHold;
}

/** How a claim was held, and how that ended. Times are ms since 1970. */
export interface SealedHold {
  tryNumber: number;
  heldAt: number;
  payBy: number;
  outcome: HoldOutcome;
  endedAt: number;
}

/** A variant as it is published with the seal: the ranges say which units are of it. */
export interface SealedVariant {
  sku: string;
  price: Money;
  ranges: readonly UnitRange[];
}

/** Figures that are computed from the sealed claims. Times are ms since 1970. */
export interface SealFigures {
  confirmed: number;
  cancelled: number;
  revoked: number;
  /** Holds that ended without a payment; missing in sales without payment. */
  expired?: number;
  released?: number;
  /** Of each variant, in the order of the terms; missing where the product has none. */
  confirmedOf?: readonly number[];
  firstClaimAt: number | null;
  lastClaimAt: number | null;
  fairness: Fairness;
}

/** Arrival at a node against the order in which Redis decided, both by Redis's clock, in whole ms. */
export interface Fairness {
  /** Claims whose arrival is known. */
  compared: number;
  /** Of those, the claims that were decided after a claim that had arrived later. */
  overtaken: number;
  /** The largest such difference in arrival. */
  overtakenMsMax: number;
  /** From arrival to decision. */
  waitedMsP50: number;
  waitedMsP99: number;
  waitedMsMax: number;
}

/** One version of a sale's seal; later ones take its place, and all are kept. */
export interface Seal {
  saleId: string;
  version: number;
  /** Hexadecimal. */
  root: string;
  size: number;
  chunks: readonly { root: string; firstSeq: number }[];
  quantity: number;
  /** In the order of the terms; missing where the product has none. */
  variants?: readonly SealedVariant[];
  perCustomer: number;
  /** How units were held; missing in sales without payment. */
  payment?: PaymentTerms;
  /** When buying was possible, a window for each revision; missing in seals of earlier versions of the shop. */
  windows?: readonly WindowInForce[];
  /** Over root, size, quantity, share and windows, see statement.ts; missing in seals of earlier versions of the shop. */
  digest?: string;
  figures: SealFigures;
  /** The state of Redis's keys, so that a node can see without reading all claims that nothing has changed. */
  state: string;
  /** The number of invariants that were checked, and all held; unknown for seals of earlier versions of the shop. */
  invariants?: number;
  sealedAt: number;
}

export interface SealChunk {
  saleId: string;
  index: number;
  root: string;
  leaves: readonly string[];
}

export interface SealStore {
  /** The sale's key, created at the first call and the same afterwards. */
  key(saleId: string): Promise<KeyObject>;
  /** By claim number. `withHolds`: the sale requires payment. */
  claimsInOrder(saleId: string, withHolds: boolean): AsyncIterable<SealedClaim>;
  /** Adding the same chunk twice stores it once. */
  addChunk(chunk: SealChunk): Promise<void>;
  /** Null if it is missing or damaged. */
  chunk(saleId: string, index: number, root: string): Promise<SealChunk | null>;
  /** `conflict`: another node made that version first. */
  insert(seal: Seal): Promise<'inserted' | 'conflict'>;
  newest(saleId: string): Promise<Seal | null>;
  byVersion(saleId: string, version: number): Promise<Seal | null>;
  /** Newest first. */
  versions(saleId: string): Promise<Pick<Seal, 'version' | 'root' | 'size' | 'sealedAt'>[]>;
  /** Recent sales without a seal, newest first. */
  unsealed(): Promise<string[]>;
}

/** Given to the customer with the proof of their order: only with it can they compute their pseudonym in the leaves. */
export function customerKey(saleKey: KeyObject, customerId: string): string {
  return hmacSha256(saleKey, customerId).toString('hex');
}

/** The customer's pseudonym: the same in all their leaves of a sale, different in each sale. */
export function pseudonym(saleKey: KeyObject, customerId: string): string {
  return hmacSha256(createSecretKey(hmacSha256(saleKey, customerId)), customerId).toString('hex');
}

/** The text that is hashed and published. */
export function leafText(claim: SealedClaim, index: number, saleKey: KeyObject): string {
  return JSON.stringify({
    sale: claim.saleId,
    claim: index + 1,
    seq: claim.seq,
    unit: claim.unit,
    n: claim.slot,
    customer: pseudonym(saleKey, claim.customerId),
    status: claim.status,
    ...(claim.price && { currency: claim.price.currency, priceMinor: claim.price.minor }),
    arrivedAt: claim.arrivedAt === 0 ? null : isoInstant(claim.arrivedAt),
    claimedAt: isoInstant(claim.claimedAt),
    ...(claim.hold && { hold: heldText(claim.hold) }),
  });
}

function heldText({ tryNumber, heldAt, payBy, outcome, endedAt }: SealedHold) {
  return {
    ...{ try: tryNumber, heldAt: isoInstant(heldAt), payBy: isoInstant(payBy) },
    ...{ outcome, endedAt: isoInstant(endedAt) },
  };
}
