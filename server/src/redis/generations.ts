import type { SaleEpoch } from '../sale/ledger-ports.ts';
import { masters, type RedisClient } from './connections.ts';
import { newestGeneration } from './keys.ts';
import type { LoadScripts } from './script-loader.ts';
import { generationOf, scriptsOf, textsOf } from './scripts.ts';

/** Which scripts an epoch uses. Sales that follow each other on one Redis share them, so their number does not grow with the sales. */
export class Generations {
  readonly #redis: RedisClient;
  readonly #load: LoadScripts;

  constructor(redis: RedisClient, load: LoadScripts) {
    this.#redis = redis;
    this.#load = load;
  }

  /** A sale's first epoch takes the scripts that are loaded. A later one follows a loss, and gets scripts that no older keys use. */
  async choose(at: SaleEpoch): Promise<string> {
    if (at.epoch > 1) return generationOf(at);
    const newest = await this.#redis.get(newestGeneration);
    return newest !== null && (await this.#isLoaded(newest)) ? newest : generationOf(at);
  }

  /** Loads all scripts but the claim, so that claims of earlier epochs can be restored. */
  async loadForRestores(at: SaleEpoch, generation: string): Promise<void> {
    if (generation === generationOf(at)) await this.#load(textsOf(generation).slice(0, -1));
  }

  /** Rejects when the scripts of an earlier epoch are gone: loading them again would reopen its keys in the state that Redis has now. */
  async load(at: SaleEpoch, generation: string): Promise<void> {
    if (generation === generationOf(at)) {
      await this.#load(textsOf(generation));
      await this.#redis.set(newestGeneration, generation);
    } else if (!(await this.#isLoaded(generation))) {
      throw new Error(`Redis has lost the scripts of ${generation}`);
    }
  }

  /** Whether the claim script is loaded everywhere. */
  async sells(generation: string): Promise<boolean> {
    return this.#areKnown([scriptsOf(generation).claim.sha]);
  }

  #isLoaded(generation: string): Promise<boolean> {
    return this.#areKnown(Object.values(scriptsOf(generation)).map(({ sha }) => sha));
  }

  async #areKnown(shas: readonly string[]): Promise<boolean> {
    const answers = await Promise.all(masters(this.#redis).map((server) => server.script('EXISTS', ...shas)));
    return answers.every((answer) => (answer as number[]).every((known) => known === 1));
  }
}
