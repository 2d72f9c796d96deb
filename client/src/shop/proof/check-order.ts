import { isIncluded, pseudonymOf } from '@flipzon/protocol/inclusion.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import type { OrderProof, SealAnswer, SealLeaf } from '@flipzon/protocol/seal-schemas.ts';
import type { Customer } from '../model/model.ts';

const answerMsMax = 8_000;

export type Checked =
  | { code: 'holds' | 'broken'; proof: OrderProof }
  | { code: 'not_yet' }
  | { code: 'failed' }
  | { code: 'unsupported' };

/** Gets the proof of an order and the published root, and compares them with what this page knows of the order. */
export async function checkOrder(order: Order, customer: Customer): Promise<Checked> {
  // Browsers offer Web Crypto only to pages from https or localhost.
  if (!('crypto' in globalThis) || crypto.subtle === undefined) return { code: 'unsupported' };
  try {
    const [proof, seal] = await Promise.all([
      ask<OrderProof>(`/orders/${encodeURIComponent(order.id)}/proof`, customer.token),
      ask<SealAnswer>(`/sales/${order.saleId}/seal`),
    ]);
    if (proof === null || seal === null) return { code: 'not_yet' };
    const published = seal.versions.some(
      ({ version, root, size }) => version === proof.version && root === proof.root && size === proof.size,
    );
    const holds = published && (await isOwn(proof, order, customer.id)) && (await isIncluded(proof));
    return { code: holds ? 'holds' : 'broken', proof };
  } catch {
    return { code: 'failed' };
  }
}

/** The leaf is of this order and agrees with what the page knows of it. */
async function isOwn(
  { leaf, index, customerKey }: OrderProof,
  order: Order,
  customerId: string,
): Promise<boolean> {
  const content: SealLeaf = JSON.parse(leaf);
  return (
    content.sale === order.saleId &&
    content.claim === index + 1 &&
    content.unit === order.unit &&
    content.claimedAt === order.claimedAt &&
    content.status === order.status &&
    `${content.sale}:${customerId}:${content.n}` === order.id &&
    content.customer === (await pseudonymOf(customerId, customerKey))
  );
}

/** Null: there is no such thing yet. */
async function ask<Answer>(path: string, token?: string): Promise<Answer | null> {
  const response = await fetch(path, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(answerMsMax),
  });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}
