import type { RedeemRate } from '../presale/redeem-rate.ts';
import type { RedisConnections } from './connections.ts';
import { redeemCounter } from './keys.ts';

/** Counts in windows, over all nodes: the first attempt begins a window, and its key expires with it. */
export function createRedeemRate(commands: RedisConnections['commands']): RedeemRate {
  return async (saleId, who, { points, perMs }) => {
    const key = redeemCounter(saleId, who);
    const results = await commands.multi().incr(key).pttl(key).exec();
    const [count, leftMs] = (results ?? []).map(([error, value]) => {
      if (error !== null) throw error;
      return Number(value);
    });
    // -1: it does not expire yet; so does one whose node died right after it had counted the first.
    if (leftMs === undefined || leftMs < 0) await commands.pexpire(key, perMs);
    return (count ?? 0) <= points ? 0 : Math.max(1, leftMs ?? perMs);
  };
}
