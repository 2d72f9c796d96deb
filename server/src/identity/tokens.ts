import type { Role } from '@flipzon/protocol/identity.ts';
import { customerId } from '@flipzon/protocol/schemas.ts';
import {
  createRemoteJWKSet,
  customFetch,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { Clock, Identity, Tokens } from '../sale/ports.ts';
import { isBase64url } from '../shared/base64url.ts';
import { boundedFetch } from '../shared/bounded-fetch.ts';
import { createRoles, type RoleSettings, type Roles, usualRoles } from './roles.ts';
import { createSecretTokens, type VerifySecretToken } from './secret-tokens.ts';
import type { IssuedToken, Session } from './sessions.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/** Longer ones are refused unread; the shop's own tokens have 200 characters, those of an identity provider a few thousand at most. */
const tokenCharactersMax = 8_192;
const demoTokenHours = 24;
const sessionTokenMinutes = 10;
/** Of the tokens that this shop gives out after a sign-in: the session that they belong to. */
const sessionClaim = 'flipzon_session';

export interface TokenSettings {
  /** The first one signs; tokens that an earlier one has signed are valid until they expire. */
  secrets: readonly string[];
  jwksUrl: string | undefined;
  issuer: string | undefined;
  audience: string | undefined;
  /** The claim that says when the account was created. */
  accountCreatedClaim: string | undefined;
  roles: RoleSettings;
  /** People sign in at this shop, which gives them tokens of its own, signed with the first secret. */
  signsIn: boolean;
}

/**
 * Signed with the shop's own key, or by an identity provider whose keys are at `jwksUrl`; there the shop's own key is good only for the tokens
 * of its sessions. Each key is tried with its own algorithms only, whatever the token says.
 */
export function createTokens(settings: TokenSettings, clock: Clock): Tokens {
  const check = createCheck(settings);
  const roles = createRoles(settings.roles);
  const verified = new VerifiedTokens();
  const accept = (token: string, payload: JWTPayload, now: number): Identity | null => {
    const identity = identityOf(payload, { now, roles, accountCreatedClaim: settings.accountCreatedClaim });
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

type Signing = Pick<TokenSettings, 'secrets' | 'issuer' | 'audience' | 'accountCreatedClaim' | 'roles'>;

/** `POST /login` of the demo. */
export async function signToken(
  secret: string,
  who: { customerId: string; role: Role },
  nowMs: number,
  roles: Roles = createRoles(usualRoles),
): Promise<IssuedToken> {
  const payload = { sub: who.customerId, ...roles.claimOf(who.role) };
  return sign(secret, payload, { nowMs, seconds: demoTokenHours * 3600 });
}

/** The token of a session: short, for the session's cookie gets the next one. */
export function createIssueToken(settings: Signing) {
  const [secret = ''] = settings.secrets;
  const roles = createRoles(settings.roles);
  const { issuer: iss, audience: aud, accountCreatedClaim } = settings;
  return async ({ id, subject, role, accountCreatedAt }: Session, nowMs: number): Promise<IssuedToken> =>
    sign(
      secret,
      {
        ...roles.claimOf(role),
        ...(iss === undefined ? {} : { iss }),
        ...(aud === undefined ? {} : { aud }),
        ...(accountCreatedClaim === undefined || accountCreatedAt === null
          ? {}
          : { [accountCreatedClaim]: accountCreatedAt / 1000 }),
        sub: subject,
        [sessionClaim]: id,
      },
      { nowMs, seconds: sessionTokenMinutes * 60 },
    );
}

async function sign(
  secret: string,
  payload: JWTPayload,
  { nowMs, seconds }: { nowMs: number; seconds: number },
): Promise<IssuedToken> {
  const issuedAtS = Math.floor(nowMs / 1000);
  const expiresAtS = issuedAtS + seconds;
  const token = await new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(issuedAtS)
    .setExpirationTime(expiresAtS)
    .sign(new TextEncoder().encode(secret));
  return { token, expiresAt: expiresAtS * 1000 };
}

/** Throws or rejects for a token that no accepted key has signed. */
function createCheck(
  settings: TokenSettings,
): (token: string, now: number) => JWTPayload | Promise<JWTPayload> {
  const { secrets, jwksUrl, issuer, audience, signsIn } = settings;
  const own = createSecretTokens(secrets, { issuer, audience });
  if (jwksUrl === undefined) return own;
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: 3_000,
    [customFetch]: boundedFetch,
  });
  const options: JWTVerifyOptions = {
    algorithms: ['RS256', 'ES256', 'EdDSA'],
    requiredClaims: ['sub', 'exp'],
    ...(issuer === undefined ? {} : { issuer }),
    ...(audience === undefined ? {} : { audience }),
  };
  const theirs = async (token: string, now: number): Promise<JWTPayload> => {
    const { payload } = await jwtVerify(token, keys, { ...options, currentDate: new Date(now) });
    return { ...payload, [sessionClaim]: undefined };
  };
  return signsIn ? (token, now) => ofSession(own, token) ?? theirs(token, now) : theirs;
}

function ofSession(verify: VerifySecretToken, token: string): JWTPayload | null {
  try {
    const payload = verify(token);
    return typeof payload[sessionClaim] === 'string' ? payload : null;
  } catch {
    return null;
  }
}

function identityOf(
  payload: JWTPayload,
  { now, roles, accountCreatedClaim }: { now: number; roles: Roles; accountCreatedClaim: string | undefined },
): Identity | null {
  const { sub, exp, nbf, [sessionClaim]: session } = payload;
  const subject = customerId.safeParse(sub);
  if (!subject.success) return null;
  if (typeof exp !== 'number' || !(exp * 1000 > now)) return null;
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf * 1000 <= now)) return null;
  return {
    customerId: subject.data,
    role: roles.of(payload),
    expiresAt: exp * 1000,
    accountCreatedAt: accountCreatedAtOf(payload, accountCreatedClaim),
    sessionId: typeof session === 'string' ? session : null,
  };
}

/** Tokens of sessions that have ended are refused at once, on all nodes. */
export function exceptEnded(tokens: Tokens, ended: { has(sessionId: string): boolean }): Tokens {
  const stillGood = (identity: Identity | null): Identity | null =>
    identity === null || identity.sessionId === null || !ended.has(identity.sessionId) ? identity : null;
  return {
    verify(token) {
      const identity = tokens.verify(token);
      return identity instanceof Promise ? identity.then(stillGood) : stillGood(identity);
    },
  };
}

/** ms since 1970; null where no claim says it. */
export function accountCreatedAtOf(payload: JWTPayload, claim: string | undefined): number | null {
  return claim === undefined ? null : instantOf(payload[claim]);
}

/** Seconds since 1970, as all times in a token are, or ISO 8601; null for anything else. ms since 1970. */
function instantOf(said: unknown): number | null {
  const ms =
    typeof said === 'number' ? said * 1000 : typeof said === 'string' ? Date.parse(said) : Number.NaN;
  return Number.isFinite(ms) ? ms : null;
}
