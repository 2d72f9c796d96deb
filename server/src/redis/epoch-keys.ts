import type { ChainableCommander } from 'ioredis';
import type { EpochContent, EpochKeys, SaleEpoch } from '../sale/ledger-ports.ts';
import type { Claim } from '../sale/order.ts';
import type { Variant } from '../sale/variant.ts';
import { earlierField, earlierRecord, holderField, holderRecord, rangesText } from './claim-codec.ts';
import type { RedisClient } from './connections.ts';
import { Generations } from './generations.ts';
import { recoveryLock, saleKeys, writerGroup } from './keys.ts';
import type { LoadScripts } from './script-loader.ts';
import { generationOf, scriptsOf, textsOf } from './scripts.ts';
import { transactionReplies } from './transaction.ts';

type Keys = ReturnType<typeof saleKeys>;

const chunkMax = 1000;
/** A closed state stays for nodes that come back late; after this long none can. */
const closedKeptS = 7 * 24 * 3600;
/** How long the keys of a retired sale stay for the audit, a late writer and the next sale. Afterwards only MongoDB has the sale. */
const retiredKeptS = 24 * 3600;
/** Commands sent together. */
const pipelineMax = 500;

export class RedisEpochKeys implements EpochKeys {
  readonly #redis: RedisClient;
  readonly #load: LoadScripts;
  readonly #generations: Generations;

  constructor(redis: RedisClient, load: LoadScripts) {
    this.#redis = redis;
    this.#load = load;
    this.#generations = new Generations(redis, load);
  }

  async lock(saleId: string, owner: string, msMax: number): Promise<boolean> {
    return (await this.#redis.set(recoveryLock(saleId), owner, 'PX', msMax, 'NX')) === 'OK';
  }

  async renewLock(saleId: string, owner: string, msMax: number): Promise<void> {
    const key = recoveryLock(saleId);
    if ((await this.#redis.get(key)) === owner) await this.#redis.pexpire(key, msMax);
  }

  async unlock(saleId: string, owner: string): Promise<void> {
    const key = recoveryLock(saleId);
    if ((await this.#redis.get(key)) === owner) await this.#redis.del(key);
  }

  async inspect(at: SaleEpoch, withSold = false): ReturnType<EpochKeys['inspect']> {
    const keys = saleKeys(at);
    const fields = ['closed', 'remaining', 'seq', 'revision', 'claimedAt', 'generation', 'opened'];
    const { state, counts, sold } = await readCounted(this.#redis, keys.state, fields, withSold && keys.sold);
    const [closed, remaining, seq, revision, claimedAt, generation, opened] = state;
    const isOpen = closed === '0' && opened !== '0';
    const open = isOpen && (await this.#generations.sells(generation ?? generationOf(at)));
    return {
      open,
      stock:
        remaining == null || seq == null
          ? null
          : {
              ...{ remaining: Number(remaining), seq: Number(seq) },
              ...(counts && { variants: counts }),
              ...(sold !== undefined && { sold }),
            },
      revision: revision == null ? null : Number(revision),
      lastClaimAt: Number(claimedAt ?? 0) || null,
    };
  }

  async join(at: SaleEpoch): Promise<boolean> {
    const [closed, script, named, opened] = await this.#redis.hmget(
      saleKeys(at).state,
      ...['closed', 'script', 'generation', 'opened'],
    );
    const generation = named ?? generationOf(at);
    if (closed !== '0' || opened === '0' || script == null || script === scriptsOf(generation).claim.sha)
      return false;
    return this.#load(textsOf(generation), script);
  }

  async closeUpTo(at: SaleEpoch): Promise<void> {
    // Set even if the keys do not exist yet: if they are built late, they are closed from the start.
    await this.#inPipelines(epochsUpTo(at), (pipeline, { state }) =>
      pipeline.hset(state, 'closed', '1').expire(state, closedKeptS),
    );
  }

  async build(at: SaleEpoch, content: EpochContent): Promise<void> {
    const keys = saleKeys(at);
    const { terms } = content;
    const generation = await this.#generations.choose(at);
    await this.#inChunks(content.holders, (chunk) =>
      this.#redis.hset(keys.holders, ...chunk.flatMap((claim) => [holderField(claim), holderRecord(claim)])),
    );
    await this.#inChunks(content.cancelled, (chunk) =>
      this.#redis.hset(
        keys.cancelled,
        ...chunk.flatMap((claim) => [holderField(claim), holderRecord(claim)]),
      ),
    );
    await this.#inChunks(content.returned, (chunk) =>
      this.#redis.zadd(keys.returned, ...chunk.flatMap((unit) => [unit, String(unit)])),
    );
    if (content.holds !== undefined) await this.#buildHolds(keys, content.holds);
    await this.#ensureGroup(keys.outbox);
    await this.#redis.hset(keys.state, {
      revision: terms.revision,
      quantity: terms.quantity,
      startsAt: terms.startsAt,
      endsAt: terms.endsAt ?? 0,
      paused: terms.paused ? 1 : 0,
      perCustomer: content.perCustomer,
      ...unitFields(content),
      remaining: content.remaining,
      seq: content.seq,
      claimedAt: newestOf(content.holders)?.claimedAt ?? 0,
      script: scriptsOf(generation).claim.sha,
      generation,
      opened: 0,
    });
    // Never overwritten: a newer epoch may have closed this one already.
    await this.#redis.hsetnx(keys.state, 'closed', '0');
  }

  async #buildHolds(keys: Keys, { due, ended, sold }: NonNullable<EpochContent['holds']>): Promise<void> {
    await this.#inChunks(due, (chunk) =>
      this.#redis.zadd(keys.due, ...chunk.flatMap(({ id, payBy }) => [payBy, id])),
    );
    await this.#inChunks(ended, (chunk) =>
      this.#redis.hset(
        keys.earlier,
        ...chunk.flatMap((each) => [earlierField(each.claim), earlierRecord(each)]),
      ),
    );
    await this.#inChunks(sold, (chunk) =>
      this.#redis.hset(keys.sold, ...chunk.flatMap((claim) => [holderField(claim), claim.seq])),
    );
  }

  async replace(at: SaleEpoch, from: number): Promise<void> {
    const { state } = saleKeys(at);
    // Lost keys sell nothing, and must not come back in part.
    if ((await this.#redis.hlen(state)) > 0) await this.#redis.hset(state, 'replacedAt', from);
  }

  async openForRestores(at: SaleEpoch): Promise<void> {
    await this.#generations.loadForRestores(at, await this.#generation(at));
  }

  async open(at: SaleEpoch): Promise<void> {
    await this.#generations.load(at, await this.#generation(at));
    await this.#redis.hset(saleKeys(at).state, 'opened', '1');
  }

  async removeBefore(at: SaleEpoch): Promise<void> {
    const earlier = epochsUpTo({ ...at, epoch: at.epoch - 1 });
    await this.#inPipelines(
      earlier,
      (pipeline, { holders, cancelled, returned, earlier: requests, due, sold }) =>
        pipeline.unlink(holders, cancelled, returned, requests, due, sold),
    );
    // What an outbox still holds is written by the next recovery; a person may need the dead letters.
    for (const { outbox } of await this.#withEmptyOutbox(earlier)) {
      await this.#redis.expire(outbox, closedKeptS, 'NX');
    }
  }

  async retire(at: SaleEpoch): Promise<boolean> {
    const epochs = epochsUpTo(at);
    const settled = await this.#withEmptyOutbox(epochs);
    await this.#inPipelines(settled, (pipeline, { deadLetters: _, ...keys }) => {
      for (const key of Object.values(keys)) pipeline.expire(key, retiredKeptS, 'NX');
      return pipeline;
    });
    return settled.length === epochs.length;
  }

  async #generation(at: SaleEpoch): Promise<string> {
    return (await this.#redis.hget(saleKeys(at).state, 'generation')) ?? generationOf(at);
  }

  async #withEmptyOutbox(epochs: readonly Keys[]): Promise<Keys[]> {
    const lengths = await this.#inPipelines(epochs, (pipeline, { outbox }) => pipeline.xlen(outbox));
    return epochs.filter((_, index) => lengths[index] === 0);
  }

  async #inPipelines(
    epochs: readonly Keys[],
    add: (pipeline: ChainableCommander, keys: Keys) => ChainableCommander,
  ): Promise<unknown[]> {
    const replies: unknown[] = [];
    for (let from = 0; from < epochs.length; from += pipelineMax) {
      const pipeline = this.#redis.pipeline();
      for (const keys of epochs.slice(from, from + pipelineMax)) add(pipeline, keys);
      replies.push(...transactionReplies(await pipeline.exec()));
    }
    return replies;
  }

  async #ensureGroup(outbox: string): Promise<void> {
    try {
      await this.#redis.xgroup('CREATE', outbox, writerGroup, '0', 'MKSTREAM');
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error;
    }
  }

  async #inChunks<T>(items: readonly T[], write: (chunk: readonly T[]) => Promise<unknown>): Promise<void> {
    for (let from = 0; from < items.length; from += chunkMax) await write(items.slice(from, from + chunkMax));
  }
}

interface Counted {
  state: (string | null)[];
  counts: number[] | null;
  sold?: number;
}

/** Fields of a state hash with the counts of its variants, null where the product has none, and how many units are sold; all read at once. */
async function readCounted(
  redis: RedisClient,
  key: string,
  fields: readonly string[],
  soldKey: string | false,
): Promise<Counted> {
  const [variants, ...state] = await redis.hmget(key, 'variants', ...fields);
  // It never changes. Without variants and payment one command is enough.
  if (variants == null && soldKey === false) return { state, counts: null };
  const places = Array.from({ length: Number(variants ?? 0) }, (_, index) => `remaining:${index + 1}`);
  const wanted = [...fields, ...places];
  const [both, sold] =
    soldKey === false
      ? [await redis.hmget(key, ...wanted)]
      : (transactionReplies(
          await redis
            .multi()
            .hmget(key, ...wanted)
            .hlen(soldKey)
            .exec(),
        ) as [(string | null)[], number]);
  return {
    state: both.slice(0, fields.length),
    counts: variants == null ? null : both.slice(fields.length).map(Number),
    ...(sold !== undefined && { sold }),
  };
}

/** Where units that were never taken begin. Without `next`, a script of before there were variants fails instead of giving out any unit. */
function unitFields({ terms, variants, nextUnit }: EpochContent): Record<string, string | number> {
  if (variants === undefined || terms.variants === undefined) return { next: nextUnit };
  const fields: Record<string, string | number> = { variants: variants.length };
  for (const [index, { remaining, nextUnit: next }] of variants.entries()) {
    const place = index + 1;
    fields[`ranges:${place}`] = rangesText(terms.variants[index] as Variant);
    fields[`remaining:${place}`] = remaining;
    fields[`next:${place}`] = next;
  }
  return fields;
}

/** The newest first. */
function epochsUpTo({ saleId, epoch }: SaleEpoch): Keys[] {
  return Array.from({ length: epoch }, (_, index) => saleKeys({ saleId, epoch: epoch - index }));
}

/** By its number: the clock may have stepped back between two claims. */
function newestOf(claims: readonly Claim[]): Claim | null {
  return claims.reduce<Claim | null>(
    (newest, claim) => (claim.seq > (newest?.seq ?? -1) ? claim : newest),
    null,
  );
}
