import { isLoopback } from '@flipzon/server/shared/address.ts';
import type { Shop } from '../shared/shop.ts';
import { loginTokens, signingTokens } from '../shared/tokens.ts';
import { knownSecret } from './known-secret.ts';

export type TokenPlan = { ok: true; secret?: string; operatorToken: string } | { ok: false; message: string };

const operatorId = 'crowd-operator';

/** How the crowd gets its tokens: signed with the shop's key where that is known and right, else by the demo login. */
export async function planTokens(
  shop: Shop,
  secretFile: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<TokenPlan> {
  const known = await knownSecret(secretFile, env);
  if (!known.ok) return known;
  // The key that `npm start` keeps here belongs to a shop on this machine, so tokens that it signs are sent to no other shop.
  const isFit = known.from !== 'data-dir' || isLoopback(new URL(shop.url).hostname);
  if (known.secret !== undefined && isFit) {
    const { secret } = known;
    const signed = await signingTokens(secret)(operatorId, 'operator');
    if (signed.ok && (await shop.refusal(signed.token)) === null)
      return { ok: true, secret, operatorToken: signed.token };
  }
  const login = await loginTokens(shop.http)(operatorId, 'operator');
  if (login.ok) return { ok: true, operatorToken: login.token };
  const key =
    known.from === 'file' || known.from === 'environment'
      ? 'the shop refuses tokens signed with the JWT_SECRET given'
      : 'no JWT_SECRET is given';
  return {
    ok: false,
    message: `No tokens: ${login.message}, and ${key}. Start the shop with DEMO_LOGIN=true, or give its JWT_SECRET (environment or --secret-file).`,
  };
}
