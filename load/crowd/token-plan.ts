import { readFile } from 'node:fs/promises';
import type { Shop } from './shop.ts';
import { loginTokens, signingTokens } from './tokens.ts';

export type TokenPlan = { ok: true; secret?: string; operatorToken: string } | { ok: false; message: string };

const operatorId = 'crowd-operator';

/** How the crowd gets its tokens: signed with the shop's key where that is known and right, else by the demo login. */
export async function planTokens(
  shop: Shop,
  secretFile: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<TokenPlan> {
  const secret = secretFile === undefined ? env.JWT_SECRET : await readSecret(secretFile);
  if (secret === null)
    return { ok: false, message: `The file ${secretFile} with the key cannot be read, or is empty.` };
  if (secret !== undefined && secret !== '') {
    const signed = await signingTokens(secret)(operatorId, 'operator');
    if (signed.ok && (await shop.refusal(signed.token)) === null)
      return { ok: true, secret, operatorToken: signed.token };
  }
  const login = await loginTokens(shop.http)(operatorId, 'operator');
  if (login.ok) return { ok: true, operatorToken: login.token };
  const key =
    secret === undefined || secret === ''
      ? 'no JWT_SECRET is given'
      : 'the shop refuses tokens signed with the JWT_SECRET given';
  return {
    ok: false,
    message: `No tokens: ${login.message}, and ${key}. Start the shop with DEMO_LOGIN=true, or give its JWT_SECRET (environment or --secret-file).`,
  };
}

async function readSecret(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim() || null;
  } catch {
    return null;
  }
}
