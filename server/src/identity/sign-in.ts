import { hash } from 'node:crypto';
import type { Door } from '@flipzon/protocol/identity.ts';
import { customerId } from '@flipzon/protocol/schemas.ts';
import type { JWTPayload } from 'jose';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { type IdentityProvider, SignInRefused } from './identity-provider.ts';
import type { createPendingSeal, PendingSignIn } from './pending-sign-in.ts';
import type { People, StaffClaims } from './people.ts';
import type { Roles } from './roles.ts';
import type { Refreshed, SessionOf, Sessions } from './sessions.ts';
import { accountCreatedAtOf } from './tokens.ts';

export const callbackPath = '/auth/callback';

export interface SignIn {
  /** Where the browser is sent, and what it keeps until it comes back. */
  begin(
    door: Door,
    returnTo: string,
    firstOwnerKey?: string,
  ): Promise<{ url: string; state: string; sealed: string }>;
  /** Null: not sealed by this shop, or too old. */
  open(sealed: string): Promise<PendingSignIn | null>;
  /** Throws `SignInRefused` or `ProviderUnavailable`. */
  finish(pending: PendingSignIn, query: string): Promise<Refreshed>;
  has(door: Door): boolean;
}

interface Dependencies {
  providers: Readonly<Record<Door, IdentityProvider | null>>;
  sessions: Sessions;
  seal: ReturnType<typeof createPendingSeal>;
  publicUrl: () => string;
  roles: Roles;
  people: People;
  accountCreatedClaim: string | undefined;
}

/** Signing in through an OpenID Connect provider, without a thing kept in this node meanwhile. */
export function createSignIn(deps: Dependencies): SignIn {
  const { providers, sessions, seal, publicUrl } = deps;
  const providerOf = (door: Door): IdentityProvider => {
    const provider = providers[door];
    if (provider === null) throw new SignInRefused('there is no provider for this door');
    return provider;
  };
  return {
    async begin(door, returnTo, firstOwnerKey) {
      const [state, nonce, codeVerifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
      const pending: PendingSignIn = { door, returnTo, state, nonce, codeVerifier };
      if (firstOwnerKey !== undefined) pending.firstOwnerKey = firstOwnerKey;
      const url = await providerOf(door).authorizationUrl(pending, `${publicUrl()}${callbackPath}`);
      return { url, state, sealed: await seal.seal(pending) };
    },
    open: (sealed) => seal.open(sealed),
    async finish(pending, query) {
      const callback = new URL(`${publicUrl()}${callbackPath}${query}`);
      const claims = await providerOf(pending.door).claims(callback, pending);
      return pending.door === 'customer'
        ? sessions.begin(customerOf(claims, deps))
        : letIn(staffOf(claims, deps), pending.firstOwnerKey, deps);
    },
    has: (door) => providers[door] !== null,
  };
}

/** What a customers' provider says of roles counts for nothing. */
function customerOf(
  claims: JWTPayload,
  { accountCreatedClaim }: Pick<Dependencies, 'accountCreatedClaim'>,
): SessionOf {
  const accountCreatedAt = accountCreatedAtOf(claims, accountCreatedClaim);
  return { door: 'customer', subject: subjectOf(claims), role: 'customer', accountCreatedAt };
}

function staffOf(claims: JWTPayload, { roles }: Pick<Dependencies, 'roles'>): StaffClaims {
  const { email, email_verified: isVerified } = claims;
  return {
    subject: subjectOf(claims),
    email: typeof email === 'string' && isVerified === true ? email : null,
    role: roles.of(claims),
  };
}

async function letIn(
  claims: StaffClaims,
  firstOwnerKey: string | undefined,
  { people, sessions }: Dependencies,
): Promise<Refreshed> {
  if (firstOwnerKey !== undefined) {
    const isFirst = people.isFirstOwnerKey(firstOwnerKey) && (await people.becomeFirstOwner(claims));
    if (!isFirst)
      throw new SignInRefused('the link for the first owner is used or too old', { denied: true });
  }
  const role = await people.signIn(claims);
  if (role === null) throw new SignInRefused('this person has no role at this shop', { denied: true });
  const person = { door: 'operator', subject: claims.subject } as const;
  const begun = await sessions.begin({ ...person, role, accountCreatedAt: null });
  // An owner may have decided in the meantime, before there was a session to end.
  if (!(await people.stillHas(claims, role))) {
    await sessions.endAllOf(person);
    throw new SignInRefused('this person was removed, or has another role', { denied: true });
  }
  return begun;
}

/** The provider's own id of a person, as in the tokens that a page of the shop may hand over; an id that can't be one here gets another. */
function subjectOf({ sub = '' }: JWTPayload): string {
  return customerId.safeParse(sub).success ? sub : `sub-${hash('sha256', sub, 'base64url')}`;
}
