import { createHash, randomBytes } from 'node:crypto';

/** One step of a buy, in one part of the shop. */
export interface BuyStep {
  name: 'buy' | 'claim' | 'settle';
  /** The same on every node and in the writer. */
  buyId: string;
  spanId: string;
  parentId: string | null;
  /** ms since 1970, by Redis's clock */
  startedAt: number;
  tookMs: number;
  outcome: string;
  saleId: string;
  customerId: string;
  unit?: number;
}

export type NoteStep = (step: BuyStep) => void;

interface Asked {
  saleId: string;
  customerId: string;
  requestId: string;
}

/** Computed from what every part of the shop knows of a buy, so that no id has to be passed along. As long as a trace id. */
export function buyIdOf({ saleId, customerId, requestId }: Asked): string {
  return createHash('sha256').update(`${saleId}\n${customerId}\n${requestId}`).digest('hex').slice(0, 32);
}

/** Identifies the claim that took the unit; the node that writes it to MongoDB can compute the same id. */
export function claimSpanId(buyId: string): string {
  return createHash('sha256').update(`${buyId}\nclaim`).digest('hex').slice(0, 16);
}

export function randomSpanId(): string {
  return randomBytes(8).toString('hex');
}
