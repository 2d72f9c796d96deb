import type { EarlierClaim, EarlierRequests, SaleEpoch } from '../sale/ledger-ports.ts';
import type { Claim } from '../sale/order.ts';
import type { UnitOffer } from '../sale/variant.ts';
import { earlierField, earlierRecord, parseEarlier, parseHolders } from './claim-codec.ts';
import type { RedisClient } from './connections.ts';
import { saleKeys } from './keys.ts';

/** Entries that one command reads or writes, so that no command blocks Redis for long. */
const chunkMax = 1_000;

/** The requests that bought in earlier sales, stored beside the epoch's keys: the claim script checks them before it claims. */
export class RedisEarlierRequests implements EarlierRequests {
  readonly #redis: RedisClient;

  constructor(redis: RedisClient) {
    this.#redis = redis;
  }

  async copy(
    from: SaleEpoch,
    offer: (unit: number) => UnitOffer,
    to: SaleEpoch,
    isKept: (claim: Pick<Claim, 'claimedAt'>) => boolean,
  ): Promise<boolean> {
    const keys = saleKeys(from);
    if (await this.#hasHandedOn(keys.state)) return false;
    for await (const records of this.#scan(keys.earlier)) {
      const kept = Object.entries(records).filter(([field, record]) =>
        isKept(parseEarlier(field, record).claim),
      );
      await this.#set(to, kept);
    }
    // An order that is cancelled meanwhile moves from the holders to the cancelled: in this order none is missed.
    for (const hash of [keys.holders, keys.cancelled]) {
      for await (const records of this.#scan(hash)) {
        const claims = parseHolders(from.saleId, records).filter(isKept);
        await this.#set(
          to,
          claims.map((claim) => entryOf({ claim, ...offer(claim.unit) })),
        );
      }
    }
    // By another node, while this one was reading.
    return !(await this.#hasHandedOn(keys.state));
  }

  async write(to: SaleEpoch, claims: AsyncIterable<EarlierClaim> | Iterable<EarlierClaim>): Promise<void> {
    let chunk: [string, string][] = [];
    for await (const claim of claims) {
      if (chunk.push(entryOf(claim)) < chunkMax) continue;
      await this.#set(to, chunk);
      chunk = [];
    }
    await this.#set(to, chunk);
  }

  async handedOn(from: SaleEpoch): Promise<void> {
    const { state, earlier } = saleKeys(from);
    if ((await this.#redis.hlen(state)) > 0) await this.#redis.hset(state, 'handedOn', '1');
    await this.#redis.unlink(earlier);
  }

  async #hasHandedOn(state: string): Promise<boolean> {
    return (await this.#redis.hexists(state, 'handedOn')) === 1;
  }

  async #set(to: SaleEpoch, entries: readonly (readonly [string, string])[]): Promise<void> {
    if (entries.length > 0) await this.#redis.hset(saleKeys(to).earlier, ...entries.flat());
  }

  async *#scan(key: string): AsyncGenerator<Record<string, string>> {
    let cursor = '0';
    do {
      const [next, flat] = await this.#redis.hscan(key, cursor, 'COUNT', chunkMax);
      const records: Record<string, string> = {};
      for (let i = 0; i + 1 < flat.length; i += 2) records[flat[i] as string] = flat[i + 1] as string;
      yield records;
      cursor = next;
    } while (cursor !== '0');
  }
}

function entryOf(earlier: EarlierClaim): [string, string] {
  return [earlierField(earlier.claim), earlierRecord(earlier)];
}
