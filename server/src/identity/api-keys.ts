import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ApiScope } from '@flipzon/protocol/api-keys.ts';
import type { Clock } from '../sale/ports.ts';
import type { OperatorLog } from '../sale/store-ports.ts';

export interface ApiKey {
  /** The public part of the key. */
  id: string;
  name: string;
  scopes: readonly ApiScope[];
  by: string;
  /** ms since 1970 */
  at: number;
  revokedAt: number | null;
}

export interface ApiKeyStore {
  add(key: ApiKey & { hash: string }): Promise<void>;
  byId(id: string): Promise<(ApiKey & { hash: string }) | null>;
  /** Those in use, the newest first. */
  all(): Promise<ApiKey[]>;
  /** Safe to repeat. */
  revoke(id: string, by: string, at: number): Promise<void>;
}

/** Keys in use at a time. */
export const apiKeysMax = 100;

export type MakeOutcome =
  | { ok: true; apiKey: ApiKey; key: string }
  | { ok: false; code: 'conflict'; message: string };

interface Dependencies {
  store: ApiKeyStore;
  log: Pick<OperatorLog, 'begin' | 'done'>;
  clock: Clock;
}

export type ApiKeys = ReturnType<typeof createApiKeys>;

/**
 * Keys for machines. The shop stores their hashes: a key has 256 random bits, so no one can guess it from its hash. Each use reads MongoDB, so a
 * revoked key is refused at once, on all nodes.
 */
export function createApiKeys({ store, log, clock }: Dependencies) {
  const noted = async (
    action: 'make_key' | 'revoke_key',
    { id, name }: Pick<ApiKey, 'id' | 'name'>,
    by: string,
    act: () => Promise<void>,
  ): Promise<void> => {
    const entry = `${action}:${id}`;
    const isMade = action === 'make_key';
    const changes = [{ field: 'apiKey', before: isMade ? null : name, after: isMade ? name : null }];
    await log.begin({ id: entry, saleId: null, action, by, at: clock.now(), reason: null, changes });
    await act();
    await log.done(entry);
  };
  return {
    list: () => store.all(),
    async make(name: string, scopes: readonly ApiScope[], by: string): Promise<MakeOutcome> {
      if ((await store.all()).length >= apiKeysMax) return full;
      const id = randomBytes(6).toString('hex');
      const key = `fzk_${id}_${randomBytes(32).toString('base64url')}`;
      const apiKey = { id, name, scopes: [...new Set(scopes)], by, at: clock.now(), revokedAt: null };
      await noted('make_key', apiKey, by, () => store.add({ ...apiKey, hash: hashOf(key) }));
      return { ok: true, apiKey, key };
    },
    /** Null: there is no such key. */
    async revoke(id: string, by: string): Promise<ApiKey | null> {
      const known = await store.byId(id);
      if (known === null) return null;
      const { hash: _, ...apiKey } = known;
      if (apiKey.revokedAt !== null) return apiKey;
      const revokedAt = clock.now();
      await noted('revoke_key', apiKey, by, () => store.revoke(id, by, revokedAt));
      return { ...apiKey, revokedAt };
    },
    /** Whose the key is, if it may be used for that. */
    async verify(key: string, scope: ApiScope): Promise<{ id: string } | 'unauthenticated' | 'forbidden'> {
      const id = /^fzk_([0-9a-f]{12})_[\w-]{43}$/.exec(key)?.[1];
      const known = id === undefined ? null : await store.byId(id);
      if (known === null || known.revokedAt !== null || !isSame(known.hash, hashOf(key)))
        return 'unauthenticated';
      return known.scopes.includes(scope) ? { id: known.id } : 'forbidden';
    },
  };
}

/** Whether it can be no other token than an API key. */
export function isApiKey(token: string): boolean {
  return token.startsWith('fzk_');
}

function hashOf(key: string): string {
  return hash('sha256', key, 'hex');
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

const full = {
  ok: false,
  code: 'conflict',
  message: `There are already ${apiKeysMax} API keys. Revoke one and try again.`,
} as const;
