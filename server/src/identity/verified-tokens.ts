import type { Identity } from '../sale/ports.ts';

/** About 10 MB of tokens. */
const tokensMax = 20_000;
const tokenCharactersMax = 1_024;
/** A key that an identity provider has withdrawn is believed for this much longer. */
const keptMs = 60_000;

/** Tokens whose signature was verified lately: a customer comes with the same one again, at every request and reconnection. */
export class VerifiedTokens {
  readonly #known = new Map<string, { identity: Identity; until: number }>();

  get(token: string, now: number): Identity | null {
    const known = this.#known.get(token);
    if (known === undefined) return null;
    if (now < known.until) return known.identity;
    this.#known.delete(token);
    return null;
  }

  add(token: string, identity: Identity, now: number): void {
    if (token.length > tokenCharactersMax) return;
    // The oldest are the first.
    for (const oldest of this.#known.keys()) {
      if (this.#known.size < tokensMax) break;
      this.#known.delete(oldest);
    }
    this.#known.set(token, { identity, until: Math.min(identity.expiresAt, now + keptMs) });
  }
}
