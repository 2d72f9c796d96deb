import { setTimeout as delay } from 'node:timers/promises';
import { isIncluded } from '@flipzon/protocol/inclusion.ts';
import type { OrderProof, SealAnswer } from '@flipzon/protocol/seal-schemas.ts';
import type { Api } from '../chaos/api.ts';

/** A node gives an operator so many proofs a second. */
const proofsMax = 5;

export interface CheckedSeal {
  version: number;
  root: string;
  size: number;
  /** Orders whose proof was asked for, and leads to the root. */
  proofs: number;
  holds: boolean;
}

/** Waits for the seal of a sale, and checks the proofs of a few of its orders; null when it is not sealed by `until`. */
export async function checkSeal(
  api: Api,
  url: string,
  sale: { id: string; orderIds: readonly string[] },
  until: number,
): Promise<CheckedSeal | null> {
  for (; Date.now() < until; await delay(250)) {
    const seal = await api.read<SealAnswer>(url, `/sales/${sale.id}/seal`);
    if (seal === null || seal.size < sale.orderIds.length) continue;
    const asked = sale.orderIds.slice(0, proofsMax);
    const proofs = await Promise.all(
      asked.map((id) => api.read<OrderProof>(url, `/orders/${encodeURIComponent(id)}/proof`)),
    );
    const good = await Promise.all(
      proofs.map(async (proof) => proof !== null && proof.root === seal.root && (await isIncluded(proof))),
    );
    const { version, root, size } = seal;
    const proven = good.filter(Boolean).length;
    return { version, root, size, proofs: proven, holds: proven === asked.length };
  }
  return null;
}
