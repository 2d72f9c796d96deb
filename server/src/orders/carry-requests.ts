import type { EarlierClaim, EarlierRequests, EpochKeys, SaleEpoch } from '../sale/ledger-ports.ts';
import { requestsKeptMs } from '../sale/order.ts';
import type { Clock } from '../sale/ports.ts';
import type { SaleRecord } from '../sale/sale.ts';
import type { OrderStore, SaleStore } from '../sale/store-ports.ts';

interface Dependencies {
  sales: Pick<SaleStore, 'before' | 'epoch'>;
  orders: Pick<OrderStore, 'claimedSince'>;
  keys: Pick<EpochKeys, 'inspect' | 'replace'>;
  requests: EarlierRequests;
  clock: Clock;
  onError: (error: unknown) => void;
}

/**
 * Makes the requests that have bought in earlier sales lately known to the keys of a new epoch, before it sells. What is bought in those
 * sales does not change any more: each was ended, and its claims written, before its successor existed. One that is made ready before its time
 * is the exception: the sale before it sells on until then.
 */
export type CarryRequests = (sale: SaleRecord, to: SaleEpoch) => Promise<Carried>;

/** To be called once the epoch sells: from then on it is the one that knows them. */
export type Carried = () => Promise<void>;

export function createCarryRequests(deps: Dependencies): CarryRequests {
  const { sales, orders, keys, requests, clock, onError } = deps;
  /** In a cluster the keys of the sale before may be on a server that is down, and this sale must not wait for it. */
  const tolerant = <T>(work: Promise<T>): Promise<T | null> =>
    work.catch((error: unknown) => {
      onError(error);
      return null;
    });

  const copy = async (from: SaleEpoch, price: number, to: SaleEpoch, since: number): Promise<boolean> =>
    (await keys.inspect(from)).open &&
    (await requests.copy(from, price, to, ({ claimedAt }) => claimedAt >= since)) &&
    (await keys.inspect(from)).open;

  return async (sale, to) => {
    const since = clock.now() - requestsKeptMs;
    const earlier = await sales.before(sale, since);
    const [previous] = earlier;
    if (previous === undefined) return async () => undefined;
    const from = { saleId: previous.id, epoch: await sales.epoch(previous.id) };
    // Nodes that have not heard of the new sale are not to answer for the old one any more.
    const takesOverAt = sale.takesOverAt ?? 0;
    const marked = keys.replace(from, takesOverAt);
    // In a recovery it has been done before.
    await (to.epoch === 1 ? marked : tolerant(marked));
    // From Redis it takes as long as that sale was large. MongoDB is asked where Redis may have forgotten some, before or meanwhile.
    if (!(await tolerant(copy(from, previous.product.price, to, since)))) {
      const ids = earlier.map(({ id }) => id);
      await requests.write(to, inEarlierSales(orders.claimedSince(ids, since)));
    }
    // What is bought there until then is not known here yet: it is carried once more, when the new sale has the page.
    return async () => {
      if (takesOverAt <= clock.now()) await tolerant(requests.handedOn(from));
    };
  };
}

async function* inEarlierSales(stored: ReturnType<OrderStore['claimedSince']>): AsyncGenerator<EarlierClaim> {
  for await (const order of stored) yield { claim: order, price: order.price };
}
