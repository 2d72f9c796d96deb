import type { Identity } from '../sale/ports.ts';
import { RecentMap } from '../shared/recent-map.ts';

/** About 10 MB of tokens. */
const tokensMax = 20_000;
const tokenCharactersMax = 1_024;
/** A key that an identity provider has withdrawn is accepted for this much longer. */
const keptMs = 60_000;

/** Tokens whose signature was verified lately: a customer sends the same one at every request and reconnection. */
export class VerifiedTokens {
  readonly #known = new RecentMap<string, { identity: Identity; until: number }>(tokensMax);

  get(token: string, now: number): Identity | null {
    const known = this.#known.get(token);
    return known !== undefined && now < known.until ? known.identity : null;
  }

  add(token: string, identity: Identity, now: number): void {
    if (token.length > tokenCharactersMax) return;
    this.#known.set(token, { identity, until: Math.min(identity.expiresAt, now + keptMs) });
  }
}
