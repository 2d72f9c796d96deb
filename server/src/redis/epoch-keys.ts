import type { EpochContent, EpochKeys, SaleEpoch } from '../sale/ledger-ports.ts';
import { masters, type RedisClient } from './connections.ts';
import { recoveryLock, saleKeys, writerGroup } from './keys.ts';
import { holderField, holderRecord } from './records.ts';
import type { LoadScripts } from './script-loader.ts';
import { scriptsOf } from './scripts.ts';

const chunkMax = 1000;
/** A closed state is kept as a warning sign for nodes that come back late; after this long none can. */
const closedKeptS = 7 * 24 * 3600;

export class RedisEpochKeys implements EpochKeys {
  readonly #redis: RedisClient;
  readonly #load: LoadScripts;

  constructor(redis: RedisClient, load: LoadScripts) {
    this.#redis = redis;
    this.#load = load;
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

  async inspect(at: SaleEpoch): ReturnType<EpochKeys['inspect']> {
    const { claim } = scriptsOf(at);
    const [loaded, state] = await Promise.all([
      Promise.all(masters(this.#redis).map((server) => server.script('EXISTS', claim.sha))),
      this.#redis.hmget(saleKeys(at).state, 'closed', 'remaining', 'seq', 'revision', 'claimedAt'),
    ]);
    const [closed, remaining, seq, revision, claimedAt] = state;
    const everywhere = loaded.every((answer) => (answer as number[])[0] === 1);
    return {
      open: closed === '0' && everywhere,
      stock: remaining == null || seq == null ? null : { remaining: Number(remaining), seq: Number(seq) },
      revision: revision == null ? null : Number(revision),
      lastClaimAt: Number(claimedAt ?? 0) || null,
    };
  }

  async join(at: SaleEpoch): Promise<boolean> {
    const { claim } = scriptsOf(at);
    const [closed, script] = await this.#redis.hmget(saleKeys(at).state, 'closed', 'script');
    if (closed !== '0' || script == null || script === claim.sha) return false;
    return this.#load(textsOf(at), script);
  }

  async closeUpTo(at: SaleEpoch): Promise<void> {
    for (let epoch = at.epoch; epoch >= 1; epoch--) {
      const { state } = saleKeys({ ...at, epoch });
      // Set even where nothing is yet: should somebody build these keys late, they are born closed.
      await this.#redis.hset(state, 'closed', '1');
      await this.#redis.expire(state, closedKeptS);
    }
  }

  async build(at: SaleEpoch, content: EpochContent): Promise<void> {
    const keys = saleKeys(at);
    const { terms } = content;
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
    await this.#ensureGroup(keys.outbox);
    await this.#redis.hset(keys.state, {
      revision: terms.revision,
      quantity: terms.quantity,
      startsAt: terms.startsAt,
      endsAt: terms.endsAt ?? 0,
      paused: terms.paused ? 1 : 0,
      perCustomer: content.perCustomer,
      next: content.nextUnit,
      remaining: content.remaining,
      seq: content.seq,
      claimedAt: content.holders.reduce((last, claim) => Math.max(last, claim.claimedAt), 0),
      script: scriptsOf(at).claim.sha,
    });
    // Never overwritten: a newer epoch may have closed this one already.
    await this.#redis.hsetnx(keys.state, 'closed', '0');
  }

  async openForRestores(at: SaleEpoch): Promise<void> {
    const { claim: _, ...others } = scriptsOf(at);
    await this.#load(Object.values(others).map((script) => script.text));
  }

  async open(at: SaleEpoch): Promise<void> {
    await this.#load(textsOf(at));
  }

  async removeBefore(at: SaleEpoch): Promise<void> {
    for (let epoch = at.epoch - 1; epoch >= 1; epoch--) {
      const { holders, cancelled, returned } = saleKeys({ ...at, epoch });
      // Outbox and set-aside entries stay: what they hold may be needed by a person.
      const removed = await this.#redis.unlink(holders, cancelled, returned);
      if (removed === 0) break;
    }
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

/** The claim comes last: where it is known, so are those that undo and mend it. */
function textsOf(at: SaleEpoch): string[] {
  const { claim, ...others } = scriptsOf(at);
  return [...Object.values(others), claim].map((script) => script.text);
}
