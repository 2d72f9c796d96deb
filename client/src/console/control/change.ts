import { type Money, priceOf } from '@flipzon/protocol/money.ts';
import type { ConflictAnswer, OperatorAction } from '@flipzon/protocol/operator.ts';
import type { ImageWanted } from '@flipzon/protocol/product.ts';
import type { RehearsalPlan } from '@flipzon/protocol/rehearsal-schemas.ts';
import type { Sale } from '@flipzon/protocol/schemas.ts';
import type { Answer, Api, Request } from '../api.ts';

export interface VariantPlan {
  sku: string;
  name: string;
  quantity: number;
  price: Money;
}

export interface PresalePlan {
  /** Null: until the end. */
  codesUntil: string | null;
}

/** Absent in sales without payment. */
export interface PaymentPlan {
  payment?: 'required';
  holdSeconds?: number;
  holdsMax?: number;
}

export interface Plan extends PaymentPlan {
  name: string;
  price: Money;
  quantity: number;
  /** `quantity` is their sum. */
  variants?: VariantPlan[];
  perCustomer: number;
  startsAt: string;
  endsAt: string | null;
  simulated: boolean;
  presale?: PresalePlan;
  description?: string;
  images?: ImageWanted[];
}

/** The changes that an operator can make, with their input. */
export type Change =
  | { kind: 'open' | 'resume' }
  | { kind: 'pause' | 'end'; reason: string }
  | { kind: 'move'; startsAt?: string; endsAt?: string | null }
  /** Null: everyone may buy. */
  | { kind: 'presale'; presale: PresalePlan | null }
  | { kind: 'edit'; name: string; description: string; images: ImageWanted[] }
  | { kind: 'restock'; quantity: number; variant?: string }
  | { kind: 'cancel'; orderId: string; reason: string }
  /** `saleId`: the plan or draft that it takes the place of. */
  | { kind: 'start'; plan: Plan; saleId?: string | undefined }
  | { kind: 'plan' | 'draft'; plan: Plan; saleId?: string | undefined }
  | { kind: 'activate'; saleId: string }
  | { kind: 'drop'; saleId: string }
  | { kind: 'block'; customerId: string; reason: string }
  | { kind: 'unblock'; customerId: string }
  | { kind: 'rehearse'; rehearsal: RehearsalPlan }
  | { kind: 'breakOff'; rehearsalId: string };

export type ChangeKind = Change['kind'];
/** Changes of the current sale, or of an order. */
export type SteeringKind =
  | 'open'
  | 'resume'
  | 'pause'
  | 'end'
  | 'move'
  | 'presale'
  | 'edit'
  | 'restock'
  | 'cancel';

/** The state that the operator saw when they decided. */
export type ExpectedVersion = Pick<Sale, 'id' | 'version'>;

export type Outcome =
  | { ok: true }
  | { ok: false; kind: 'conflict'; sale: Sale | null; changed: OperatorAction[] }
  | { ok: false; kind: 'refused'; code: string; detail: string };

/** Makes the change if the sale has not changed since the operator saw it. */
export async function perform(api: Api, change: Change, expected: ExpectedVersion | null): Promise<Outcome> {
  const { path, ...request } = requestOf(change, expected);
  const answer: Answer<unknown> = await api.ask(path, request);
  if (answer.ok) return { ok: true };
  const { changed, sale } = (answer.problem ?? {}) as Partial<ConflictAnswer>;
  if (answer.code === 'conflict' && (sale !== undefined || changed !== undefined)) {
    return { ok: false, kind: 'conflict', sale: sale ?? null, changed: changed ?? [] };
  }
  return { ok: false, kind: 'refused', code: answer.code, detail: answer.detail };
}

export function requestOf(change: Change, expected: ExpectedVersion | null): Request & { path: string } {
  if (change.kind === 'cancel') {
    return {
      method: 'DELETE',
      path: `/orders/${encodeURIComponent(change.orderId)}`,
      body: reasonOf(change),
    };
  }
  if (change.kind === 'block' || change.kind === 'unblock') {
    const path = `/customers/${encodeURIComponent(change.customerId)}/block`;
    return change.kind === 'block'
      ? { method: 'POST', path, body: reasonOf(change) }
      : { method: 'DELETE', path };
  }
  if (change.kind === 'plan' || change.kind === 'draft') {
    const body = { ...bodyOf(change.plan), ...(change.kind === 'draft' ? { draft: true } : {}) };
    return change.saleId === undefined
      ? { method: 'POST', path: '/sales', body }
      : { method: 'PUT', path: `/sales/${encodeURIComponent(change.saleId)}`, body };
  }
  if (change.kind === 'drop')
    return { method: 'DELETE', path: `/sales/${encodeURIComponent(change.saleId)}` };
  if (change.kind === 'rehearse') {
    return { method: 'POST', path: '/operator/rehearsals', body: change.rehearsal };
  }
  if (change.kind === 'breakOff') {
    return { method: 'POST', path: `/operator/rehearsals/${encodeURIComponent(change.rehearsalId)}/stop` };
  }
  // With the sale's id: another sale may have the same version.
  const ifMatch = expected === null ? {} : { ifMatch: `"${expected.id}:${expected.version}"` };
  if (change.kind === 'start')
    return { method: 'POST', path: '/start', body: bodyOf(change.plan), ...ifMatch };
  if (change.kind === 'activate') {
    // The version is that of the sale that is replaced.
    return { method: 'POST', path: `/sales/${encodeURIComponent(change.saleId)}/activate`, ...ifMatch };
  }
  const path = `/sales/${encodeURIComponent(expected?.id ?? '')}`;
  switch (change.kind) {
    case 'open':
      return { method: 'PATCH', path, body: { startsAt: 'now' }, ...ifMatch };
    case 'move':
    case 'presale':
    case 'edit': {
      const { kind: _, ...body } = change;
      return { method: 'PATCH', path, body, ...ifMatch };
    }
    case 'restock': {
      const { kind: _, ...body } = change;
      return { method: 'POST', path: `${path}/restock`, body, ...ifMatch };
    }
    case 'resume':
      return { method: 'POST', path: `${path}/resume`, ...ifMatch };
    case 'pause':
    case 'end':
      return { method: 'POST', path: `${path}/${change.kind}`, body: reasonOf(change), ...ifMatch };
  }
}

function bodyOf({ price, variants, ...plan }: Plan) {
  const offered = variants?.map((variant) => ({ ...variant, price: priceOf(variant.price) }));
  return { ...plan, price: priceOf(price), currency: price.currency, ...(offered && { variants: offered }) };
}

function reasonOf(change: { reason: string }): { reason?: string } {
  const reason = change.reason.trim();
  return reason === '' ? {} : { reason };
}
