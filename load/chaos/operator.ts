import { setTimeout as delay } from 'node:timers/promises';
import type { Order, Sale } from '@flipzon/protocol/schemas.ts';
import type { Api } from './api.ts';
import type { Environment } from './environment.ts';
import type { Random } from './random.ts';

const actionsMax = 4;
const betweenMsMax = 1_500;
const againMs = 300;
const secondQuantity = 30;

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
  /** The sale is over for good: it was ended, or another one has taken its place. */
  over: boolean;
  /** The sale that has taken its place. */
  next: Sale | null;
}

export const nothingOperated = (): Operated => ({
  ...{ done: [], closed: [], cancelled: new Set(), unitsAdded: 0, unitsInDoubt: 0, over: false, next: null },
});

interface Work {
  api: Api;
  random: Random;
  /** Of any node. */
  url: () => string;
  sale: Sale;
  operated: Operated;
  until: number;
}

/**
 * Pauses, resumes, restocks, reschedules and cancels, one after the other, at any node, while shoppers press. In the end it may end the sale,
 * or start another one in its place; otherwise the sale stays open. It writes each answer to `operated` at once.
 */
export async function operateSale(
  { environment, api, random }: { environment: Pick<Environment, 'nodes'>; api: Api; random: Random },
  sale: Sale,
  operated: Operated,
  until: number,
): Promise<void> {
  const work: Work = { api, random, url: () => random.pick(environment.nodes).url, sale, operated, until };
  const actions = actionsOn(work);
  const names = Object.keys(actions);
  for (let left = random.between(1, actionsMax); left > 0; left--) {
    await delay(random.between(0, betweenMsMax));
    const name = random.pick(names);
    await actions[name]?.();
    operated.done.push(name);
  }
  const endings = endingsOf(work);
  const ending = random.pick(Object.keys(endings));
  await endings[ending]?.();
  operated.done.push(ending);
}

function actionsOn({ api, random, url, sale, operated, until }: Work): Record<string, () => Promise<void>> {
  /** Repeats an action until it is answered: doing it twice is the same as doing it once. */
  const insist = async (method: string, path: string, body?: object): Promise<boolean> => {
    while (Date.now() < until) {
      const answer = await api.operate(url(), method, path, body);
      if (answer?.status === 200) return true;
      if (answer !== null && answer.status < 500 && answer.status !== 409) return false;
      await delay(againMs);
    }
    throw new Error(`${method} ${path} gets no answer`);
  };
  return {
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
}

function endingsOf({ api, url, sale, operated, until }: Work): Record<string, () => Promise<void>> {
  const onPage = async () => (await api.read<{ sale: Sale }>(url(), '/status'))?.sale ?? null;
  /** The answer to an attempt may have been lost, so the sale on the page decides whether it succeeded. */
  const endBy = async (attempt: (seen: Sale) => Promise<Sale | null>, happened: (seen: Sale) => boolean) => {
    while (Date.now() < until) {
      const seen = await onPage();
      const made = seen === null || happened(seen) ? seen : await attempt(seen);
      if (made !== null && happened(made)) {
        // From the answer on, nothing more is claimed.
        operated.over = true;
        operated.closed.push({ from: Date.now(), until: Number.POSITIVE_INFINITY });
        return made;
      }
      await delay(againMs);
    }
    throw new Error('the sale cannot be ended');
  };
  return {
    async end() {
      const attempt = async () => {
        await api.operate(url(), 'POST', `/sales/${sale.id}/end`);
        return null;
      };
      await endBy(attempt, ({ status }) => status === 'ended');
    },
    async 'second sale'() {
      // A late attempt changes nothing: it names the version of the sale that was seen.
      const attempt = async ({ id, version }: Sale) =>
        (await api.start(url(), { quantity: secondQuantity }, `"${id}:${version}"`))?.body.sale ?? null;
      operated.next = await endBy(attempt, ({ id }) => id !== sale.id);
    },
    'no end': async () => undefined,
  };
}

/** Orders that were claimed during an acknowledged pause. */
export function soldWhileClosed({ closed }: Operated, orders: readonly Order[]): Order[] {
  return orders.filter(({ claimedAt }) =>
    closed.some(({ from, until }) => Date.parse(claimedAt) > from && Date.parse(claimedAt) < until),
  );
}
