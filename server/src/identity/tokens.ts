import { customerId } from '@flipzon/protocol/schemas.ts';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify, SignJWT } from 'jose';
import type { Clock, Identity, Role, Tokens } from '../sale/ports.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Longer ones are refused unread; a token of ours has 200 characters, one of an identity provider a few thousand at most. */
const tokenCharactersMax = 8_192;
const demoTokenHours = 24;

export interface TokenSettings {
  /** The first one signs; what an earlier one has signed is good until it expires. */
  secrets: readonly string[];
  jwksUrl: string | undefined;
  issuer: string | undefined;
  audience: string | undefined;
  /** The claim that says since when the account is there. */
  accountCreatedClaim: string | undefined;
}

/** Signed with our own key, or by an identity provider whose keys are at `jwksUrl`; never both at once. */
export function createTokens(settings: TokenSettings, clock: Clock): Tokens {
  const check = createVerifier(settings);
  const verified = new VerifiedTokens();
  return {
    async verify(token) {
      if (token.length > tokenCharactersMax) return null;
      const now = clock.now();
      const known = verified.get(token, now);
      if (known !== null) return known;
      try {
        const identity = identityOf(await check(token, new Date(now)), settings.accountCreatedClaim);
        if (identity !== null) verified.add(token, identity, now);
        return identity;
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

function createVerifier(settings: TokenSettings): (token: string, currentDate: Date) => Promise<JWTPayload> {
  const common: JWTVerifyOptions = {
    requiredClaims: ['sub', 'exp'],
    ...(settings.issuer === undefined ? {} : { issuer: settings.issuer }),
    ...(settings.audience === undefined ? {} : { audience: settings.audience }),
  };
  if (settings.jwksUrl !== undefined) {
    const keys = createRemoteJWKSet(new URL(settings.jwksUrl), { timeoutDuration: 3_000 });
    const algorithms = ['RS256', 'ES256', 'EdDSA'];
    return async (token, currentDate) =>
      (await jwtVerify(token, keys, { ...common, algorithms, currentDate })).payload;
  }
  // Imported once; jose would do so for every token.
  const keys = Promise.all(settings.secrets.map(importSecret));
  return async (token, currentDate) => {
    const options = { ...common, algorithms: ['HS256'], currentDate };
    for (const key of await keys) {
      try {
        return (await jwtVerify(token, key, options)).payload;
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      }
    }
    throw new errors.JWSSignatureVerificationFailed();
  };
}

function importSecret(secret: string) {
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function identityOf(payload: JWTPayload, accountCreatedClaim: string | undefined): Identity | null {
  const subject = customerId.safeParse(payload.sub);
  const { role = 'customer', exp } = payload;
  if (!subject.success || (role !== 'customer' && role !== 'operator') || exp === undefined) return null;
  const accountCreatedAt = accountCreatedClaim === undefined ? null : instantOf(payload[accountCreatedClaim]);
  return { customerId: subject.data, role, expiresAt: exp * 1000, accountCreatedAt };
}

/** Seconds since 1970, as all times in a token are, or ISO 8601; null for anything else. ms since 1970. */
function instantOf(said: unknown): number | null {
  const ms =
    typeof said === 'number' ? said * 1000 : typeof said === 'string' ? Date.parse(said) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}
