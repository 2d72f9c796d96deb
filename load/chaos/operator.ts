import { setTimeout as delay } from 'node:timers/promises';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import type { Api } from './api.ts';
import type { Environment } from './environment.ts';
import type { Random } from './random.ts';

const actionsMax = 4;
const betweenMsMax = 1_500;
const againMs = 300;

/** The answers that the operator got; the judge checks the orders against them. Times are ms since 1970 by this machine's clock, which is also Redis's. */
export interface Operated {
  done: string[];
  /** No claim may be made between the two: a pause was acknowledged, and its end not asked for yet. */
  closed: { from: number; until: number }[];
  /** Orders whose cancellation was acknowledged. */
  cancelled: Set<string>;
  unitsAdded: number;
  /** Restocks without an answer: they may have happened. */
  unitsInDoubt: number;
}

/** Pauses, resumes, restocks, reschedules and cancels, one after the other, at any node, while shoppers press. Ends with the sale on. */
export async function operateSale(
  { environment, api, random }: { environment: Pick<Environment, 'nodes'>; api: Api; random: Random },
  sale: Sale,
  until: number,
): Promise<Operated> {
  const operated: Operated = {
    ...{ done: [], closed: [], cancelled: new Set(), unitsAdded: 0, unitsInDoubt: 0 },
  };
  const url = () => random.pick(environment.nodes).url;
  /** An action without an answer is asked for again: it is the same when it is done twice. */
  const insist = async (method: string, path: string, body?: object): Promise<boolean> => {
    while (Date.now() < until) {
      const answer = await api.operate(url(), method, path, body);
      if (answer?.status === 200) return true;
      if (answer !== null && answer.status < 500 && answer.status !== 409) return false;
      await delay(againMs);
    }
    throw new Error(`${method} ${path} gets no answer`);
  };
  const actions: Record<string, () => Promise<void>> = {
    async pause() {
      if (!(await insist('POST', `/sales/${sale.id}/pause`))) return;
      const from = Date.now();
      await delay(random.between(0, betweenMsMax));
      operated.closed.push({ from, until: Date.now() });
      await insist('POST', `/sales/${sale.id}/resume`);
    },
    async restock() {
      const quantity = random.between(1, 5);
      const answer = await api.operate(url(), 'POST', `/sales/${sale.id}/restock`, { quantity });
      if (answer?.status === 200) operated.unitsAdded += quantity;
      else operated.unitsInDoubt += quantity;
    },
    async reschedule() {
      await insist('PATCH', `/sales/${sale.id}`, { endsAt: new Date(Date.now() + 3_600_000).toISOString() });
    },
    async cancel() {
      const orders = await api.orders(url(), sale.id);
      const standing = orders?.filter(({ status }) => status === 'confirmed') ?? [];
      if (standing.length === 0) return;
      const order: Order = random.pick(standing);
      if (await insist('DELETE', `/orders/${encodeURIComponent(order.id)}`)) operated.cancelled.add(order.id);
    },
  };
  const names = Object.keys(actions);
  for (let left = random.between(1, actionsMax); left > 0; left--) {
    await delay(random.between(0, betweenMsMax));
    const name = random.pick(names);
    await actions[name]?.();
    operated.done.push(name);
  }
  return operated;
}

/** Orders that were claimed during an acknowledged pause. */
export function soldWhileClosed({ closed }: Operated, orders: readonly Order[]): Order[] {
  return orders.filter(({ claimedAt }) =>
    closed.some(({ from, until }) => Date.parse(claimedAt) > from && Date.parse(claimedAt) < until),
  );
}
