import type { SaleEpoch } from '../sale/ledger-ports.ts';
import { RecentMap } from '../shared/recent-map.ts';
import type { RedisClient } from './connections.ts';
import { saleKeys } from './keys.ts';
import { type EpochScripts, generationOf, isNoScript, type ScriptName, scriptsOf } from './scripts.ts';

export type Reply = readonly (string | number)[];
const closed: Reply = ['closed'];

const keptMax = 32;

/** The scripts of an epoch. Its keys name their generation and never change it, so it is read once per epoch, not once per claim. */
export class EpochsScripts {
  readonly #redis: RedisClient;
  readonly #kept = new RecentMap<string, EpochScripts>(keptMax);

  constructor(redis: RedisClient) {
    this.#redis = redis;
  }

  /** By hash only: a Redis that does not know the script has lost its memory, and a claim must not load it. */
  async call(
    at: SaleEpoch,
    name: ScriptName,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<Reply> {
    try {
      const scripts = this.#kept.get(generationOf(at)) ?? (await this.#read(at));
      if (scripts === null) return closed;
      return (await this.#redis.evalsha(scripts[name].sha, keys.length, ...keys, ...args)) as Reply;
    } catch (error) {
      if (isNoScript(error)) return closed;
      throw error;
    }
  }

  /** Null: its keys are not built yet, or gone. */
  async #read(at: SaleEpoch): Promise<EpochScripts | null> {
    const [script, generation] = await this.#redis.hmget(saleKeys(at).state, 'script', 'generation');
    if (script == null) return null;
    // Keys of an earlier version of the shop name no generation: that version loaded scripts for each epoch.
    const scripts = scriptsOf(generation ?? generationOf(at));
    this.#kept.set(generationOf(at), scripts);
    return scripts;
  }
}

/** The code with which a script's reply begins. */
export function oneOf<const Code extends string>(reply: Reply, codes: readonly Code[]): Code {
  const code = codes.find((known) => known === reply[0]);
  if (code === undefined) throw new Error(`a script answered ${JSON.stringify(reply)}`);
  return code;
}
