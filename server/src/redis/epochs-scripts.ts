import type { SaleEpoch } from '../sale/ledger-ports.ts';
import { RecentMap } from '../shared/recent-map.ts';
import type { RedisClient } from './connections.ts';
import { saleKeys } from './keys.ts';
import { type EpochScripts, generationOf, scriptsOf } from './scripts.ts';

const keptMax = 32;

/** The scripts of an epoch. Its keys name their generation and never change it, so it is read once per epoch, not once per claim. */
export class EpochsScripts {
  readonly #redis: RedisClient;
  readonly #kept = new RecentMap<string, EpochScripts>(keptMax);

  constructor(redis: RedisClient) {
    this.#redis = redis;
  }

  known(at: SaleEpoch): EpochScripts | undefined {
    return this.#kept.get(generationOf(at));
  }

  /** Null: its keys are not built yet, or gone. */
  async read(at: SaleEpoch): Promise<EpochScripts | null> {
    const [script, generation] = await this.#redis.hmget(saleKeys(at).state, 'script', 'generation');
    if (script == null) return null;
    // Keys of an earlier version of the shop name no generation: that version loaded scripts for each epoch.
    const scripts = scriptsOf(generation ?? generationOf(at));
    this.#kept.set(generationOf(at), scripts);
    return scripts;
  }
}
