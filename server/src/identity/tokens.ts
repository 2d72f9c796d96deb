import { customerId } from '@flipzon/protocol/schemas.ts';
import { createRemoteJWKSet, type JWTPayload, type JWTVerifyOptions, jwtVerify, SignJWT } from 'jose';
import type { Clock, Identity, Role, Tokens } from '../sale/ports.ts';
import { isBase64url } from '../shared/base64url.ts';
import { createSecretTokens } from './secret-tokens.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Longer ones are refused unread; the shop's own tokens have 200 characters, those of an identity provider a few thousand at most. */
const tokenCharactersMax = 8_192;
const demoTokenHours = 24;

export interface TokenSettings {
  /** The first one signs; tokens that an earlier one has signed are valid until they expire. */
  secrets: readonly string[];
  jwksUrl: string | undefined;
  issuer: string | undefined;
  audience: string | undefined;
  /** The claim that says when the account was created. */
  accountCreatedClaim: string | undefined;
}

/** Signed with the shop's own key, or by an identity provider whose keys are at `jwksUrl`; never both at once. */
export function createTokens(settings: TokenSettings, clock: Clock): Tokens {
  const check = createCheck(settings);
  const verified = new VerifiedTokens();
  const accept = (token: string, payload: JWTPayload, now: number): Identity | null => {
    const identity = identityOf(payload, now, settings.accountCreatedClaim);
    if (identity !== null) verified.add(token, identity, now);
    return identity;
  };
  return {
    verify(token) {
      if (token.length > tokenCharactersMax) return null;
      const now = clock.now();
      const known = verified.get(token, now);
      if (known !== null) return known;
      // A signature can be spelled in several ways; a token is one text.
      if (!token.split('.').every(isBase64url)) return null;
      try {
        const payload = check(token, now);
        if (!(payload instanceof Promise)) return accept(token, payload, now);
        return payload.then(
          (checked) => accept(token, checked, now),
          () => null,
        );
      } catch {
        return null;
      }
    },
  };
}

/** `POST /login` of the demo. */
export async function signToken(
  secret: string,
  who: { customerId: string; role: Role },
  nowMs: number,
): Promise<{ token: string; expiresAt: number }> {
  const issuedAtS = Math.floor(nowMs / 1000);
  const expiresAtS = issuedAtS + demoTokenHours * 3600;
  const token = await new SignJWT({ role: who.role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(who.customerId)
    .setIssuedAt(issuedAtS)
    .setExpirationTime(expiresAtS)
    .sign(new TextEncoder().encode(secret));
  return { token, expiresAt: expiresAtS * 1000 };
}

/** Throws or rejects for a token that no accepted key has signed. */
function createCheck(
  settings: TokenSettings,
): (token: string, now: number) => JWTPayload | Promise<JWTPayload> {
  const { secrets, jwksUrl, issuer, audience } = settings;
  if (jwksUrl === undefined) return createSecretTokens(secrets, { issuer, audience });
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 3_000 });
  const options: JWTVerifyOptions = {
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    requiredClaims: ['sub', 'exp'],
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };
  return async (token, now) =>
    (await jwtVerify(token, keys, { ...options, currentDate: new Date(now) })).payload;
}

function identityOf(
  payload: JWTPayload,
  now: number,
  accountCreatedClaim: string | undefined,
): Identity | null {
  const { sub, role = 'customer', exp, nbf } = payload;
  const subject = customerId.safeParse(sub);
  if (!subject.success || (role !== 'customer' && role !== 'operator')) return null;
  if (typeof exp !== 'number' || !(exp * 1000 > now)) return null;
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf * 1000 <= now)) return null;
  const accountCreatedAt = accountCreatedClaim === undefined ? null : instantOf(payload[accountCreatedClaim]);
  return { customerId: subject.data, role, expiresAt: exp * 1000, accountCreatedAt };
}

/** Seconds since 1970, as all times in a token are, or ISO 8601; null for anything else. ms since 1970. */
function instantOf(said: unknown): number | null {
  const ms =
    typeof said === 'number' ? said * 1000 : typeof said === 'string' ? Date.parse(said) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}
