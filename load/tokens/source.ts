import { Shop } from '../shared/shop.ts';
import { loginTokens, signingTokens, type TokenSource } from '../shared/tokens.ts';
import type { Options } from './arguments.ts';
import { knownSecret } from './known-secret.ts';
import { planTokens } from './token-plan.ts';

export type Source = { ok: true; source: TokenSource; how: string } | { ok: false; message: string };

/** Where the tokens come from: a key that is known here, or the login of the shop that is named. */
export async function chooseSource(
  { url, secretFile }: Pick<Options, 'url' | 'secretFile'>,
  env: NodeJS.ProcessEnv,
): Promise<Source> {
  if (url === undefined) {
    const known = await knownSecret(secretFile, env);
    if (!known.ok) return known;
    if (known.secret === undefined) {
      return {
        ok: false,
        message:
          'No key is known here: give JWT_SECRET, --secret-file, the DATA_DIR of the shop, or the --url of a shop that has POST /login.',
      };
    }
    return { ok: true, source: signingTokens(known.secret), how: 'signed with the key known here' };
  }
  const shop = new Shop(url);
  const status = await shop.status();
  if (!status.ok && status.status === 0) {
    return { ok: false, message: `No shop at ${url}: ${status.message}. Is it running (npm start)?` };
  }
  const plan = await planTokens(shop, secretFile, env);
  if (!plan.ok) return plan;
  return plan.secret === undefined
    ? { ok: true, source: loginTokens(shop.http), how: `got from POST /login at ${url}` }
    : { ok: true, source: signingTokens(plan.secret), how: `signed with a key that ${url} accepts` };
}
