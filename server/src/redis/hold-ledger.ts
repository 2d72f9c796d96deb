import type { Hold } from '../sale/hold.ts';
import type { HoldLedger, SaleEpoch } from '../sale/ledger-ports.ts';
import { ownOffer } from '../sale/variant.ts';
import { earlierField, earlierRecord, holderField, holderRecord } from './claim-codec.ts';
import type { RedisClient } from './connections.ts';
import { EpochsScripts, oneOf } from './epochs-scripts.ts';
import { saleKeys, stockChannel, sweepCounter, sweepLease } from './keys.ts';

/** Members that one command adds. */
const chunkMax = 1_000;

/** What Redis has of holds beside their claims: when each is due, which are sold, and the lease of the sweep. */
export class RedisHoldLedger implements HoldLedger {
  readonly #redis: RedisClient;
  readonly #scripts: EpochsScripts;

  constructor(redis: RedisClient) {
    this.#redis = redis;
    this.#scripts = new EpochsScripts(redis);
  }

  async addDue(at: SaleEpoch, holds: readonly Pick<Hold, 'id' | 'payBy'>[]): Promise<void> {
    const { due } = saleKeys(at);
    for (let from = 0; from < holds.length; from += chunkMax) {
      const members = holds.slice(from, from + chunkMax).flatMap(({ id, payBy }) => [payBy, id]);
      await this.#redis.zadd(due, ...members);
    }
  }

  dueBy(at: SaleEpoch, nowMs: number, limit: number): Promise<string[]> {
    return this.#redis.zrange(saleKeys(at).due, '-inf', String(nowMs), 'BYSCORE', 'LIMIT', 0, limit);
  }

  async dropDue(at: SaleEpoch, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#redis.zrem(saleKeys(at).due, ...ids);
  }

  async endHold(at: SaleEpoch, hold: Hold, isShareUsed: boolean) {
    const { state, holders, cancelled, returned, earlier, due, sold } = saleKeys(at);
    const reply = await this.#scripts.call(
      at,
      'end-hold',
      [state, holders, cancelled, returned, earlier, due, sold],
      [
        ...[holderField(hold), hold.seq, holderRecord(hold), isShareUsed ? 1 : 0],
        earlierField(hold),
        earlierRecord({ claim: hold, ...ownOffer(hold) }),
        ...[hold.id, stockChannel(at.saleId)],
      ],
    );
    return oneOf(reply, ['ended', 'absent', 'closed']);
  }

  async markSold(at: SaleEpoch, hold: Hold) {
    const { state, holders, due, sold } = saleKeys(at);
    const reply = await this.#scripts.call(
      at,
      'mark-sold',
      [state, holders, due, sold],
      [holderField(hold), hold.seq, hold.id, stockChannel(at.saleId)],
    );
    return oneOf(reply, ['marked', 'known', 'absent', 'closed']);
  }

  async takeLease(saleId: string, msMax: number): Promise<number | null> {
    const lease = sweepLease(saleId);
    // Only to spare the number of those who come in vain.
    if ((await this.#redis.get(lease)) !== null) return null;
    const fence = await this.#redis.incr(sweepCounter(saleId));
    return (await this.#redis.set(lease, String(fence), 'PX', msMax, 'NX')) === 'OK' ? fence : null;
  }

  async renewLease(saleId: string, fence: number, msMax: number): Promise<boolean> {
    const lease = sweepLease(saleId);
    if ((await this.#redis.get(lease)) !== String(fence)) return false;
    return (await this.#redis.pexpire(lease, msMax)) === 1;
  }
}
