import type { EarlierClaim, EarlierRequests, EpochKeys, SaleEpoch } from '../sale/ledger-ports.ts';
import { type Claim, requestsKeptMs } from '../sale/order.ts';
import type { Clock } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { HoldStore, OrderStore, SaleStore } from '../sale/store-ports.ts';
import { offerFor, ownOffer, type SoldUnits, type UnitOffer } from '../sale/variant.ts';

interface Dependencies {
  sales: Pick<SaleStore, 'before' | 'epoch'>;
  orders: Pick<OrderStore, 'claimedSince'>;
  holds: Pick<HoldStore, 'claimedSince'>;
  keys: Pick<EpochKeys, 'inspect' | 'replace'>;
  requests: EarlierRequests;
  clock: Clock;
  onError: (error: unknown) => void;
}

/**
 * Before a new epoch sells, copies the requests that bought in earlier sales lately to its keys. The claims of those sales no longer
 * change: each sale was ended, and its claims were written, before its successor existed. The exception is a successor that is made ready
 * before its time: the previous sale still sells until then.
 */
export type CarryRequests = (sale: SaleRecord, to: SaleEpoch) => Promise<Carried>;

/** Call it once the epoch sells: from then on only this epoch keeps the requests. */
export type Carried = () => Promise<void>;

export function createCarryRequests(deps: Dependencies): CarryRequests {
  const { sales, orders, holds, keys, requests, clock, onError } = deps;
  /** In a cluster the keys of the sale before may be on a server that is down, and this sale must not wait for it. */
  const tolerant = <T>(work: Promise<T>): Promise<T | null> =>
    work.catch((error: unknown) => {
      onError(error);
      return null;
    });

  const copy = async (from: SaleEpoch, sold: SoldUnits, to: SaleEpoch, since: number): Promise<boolean> =>
    (await keys.inspect(from)).open &&
    (await requests.copy(
      from,
      (unit) => offerFor(sold, unit),
      to,
      ({ claimedAt }) => claimedAt >= since,
    )) &&
    (await keys.inspect(from)).open;

  return async (sale, to) => {
    const since = clock.now() - requestsKeptMs;
    const earlier = await sales.before(sale, since);
    const [previous] = earlier;
    if (previous === undefined) return async () => undefined;
    const from = { saleId: previous.id, epoch: await sales.epoch(previous.id) };
    // Nodes that do not know the new sale yet must not answer for the old one any more.
    const takesOverAt = sale.takesOverAt ?? 0;
    const marked = keys.replace(from, takesOverAt);
    // In a recovery the keys have been marked before.
    await (to.epoch === 1 ? marked : tolerant(marked));
    // Copying from Redis takes time in proportion to that sale. MongoDB is read if Redis may have forgotten some claims.
    if (!(await tolerant(copy(from, previous, to, since)))) {
      const ids = earlier.map(({ id }) => id);
      await requests.write(to, inEarlierSales(orders.claimedSince(ids, since)));
      const paid = earlier.filter(({ terms }) => terms.payment !== undefined).map(({ id }) => id);
      if (paid.length > 0) await requests.write(to, inEarlierSales(holds.claimedSince(paid, since)));
    }
    // Claims of the old sale until then are still missing here: they are copied again when the new sale has the page.
    return async () => {
      if (takesOverAt <= clock.now()) await tolerant(requests.handedOn(from));
    };
  };
}

async function* inEarlierSales(stored: AsyncIterable<Claim & UnitOffer>): AsyncGenerator<EarlierClaim> {
  for await (const claim of stored) yield { claim, ...ownOffer(claim) };
}

interface CopyDependencies {
  recent: { ofSale(saleId: string): Claim[] };
  requests: Pick<EarlierRequests, 'write'>;
}

/**
 * Writes the claims that this node has seen lately beside the keys of the sale that follows. In no other copy are those made after the keys
 * were built, and before this node knew of them, and those that Redis has lost and this node restored after they were copied.
 */
export function createCopyRecentClaims({ recent, requests }: CopyDependencies) {
  return async (from: SaleRecord, to: SaleEpoch): Promise<void> =>
    requests.write(
      to,
      recent.ofSale(from.id).map((claim) => ({ claim, ...offerFor(from, claim.unit) })),
    );
}
