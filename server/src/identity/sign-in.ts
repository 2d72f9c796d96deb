import { hash } from 'node:crypto';
import type { Door } from '@flipzon/protocol/identity.ts';
import { customerId } from '@flipzon/protocol/schemas.ts';
import type { JWTPayload } from 'jose';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import type { Clock } from '../sale/ports.ts';
import { type IdentityProvider, SignInRefused } from './identity-provider.ts';
import { readMailAddress } from './mail-address.ts';
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
  /** Throws `SignInRefused` or `ProviderUnavailable`. `language`: of the browser; mails to the customer are in it. */
  finish(pending: PendingSignIn, query: string, language: string): Promise<Refreshed>;
  has(door: Door): boolean;
}

/** Where mails about a customer's orders go. */
export interface CustomerAddresses {
  /** As their provider says it now. */
  set(customerId: string, address: string, language: string, now: number): Promise<void>;
}

interface Dependencies {
  providers: Readonly<Record<Door, IdentityProvider | null>>;
  sessions: Sessions;
  seal: ReturnType<typeof createPendingSeal>;
  publicUrl: () => string;
  roles: Roles;
  people: People;
  accountCreatedClaim: string | undefined;
  /** Null: this shop sends no mails. */
  addresses: CustomerAddresses | null;
  clock: Clock;
  onError: (error: unknown) => void;
}

/** Sign-in through an OpenID Connect provider; the node keeps nothing in the meantime. */
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
    async finish(pending, query, language) {
      const callback = new URL(`${publicUrl()}${callbackPath}${query}`);
      const claims = await providerOf(pending.door).claims(callback, pending);
      if (pending.door === 'operator') return letIn(staffOf(claims, deps), pending.firstOwnerKey, deps);
      const customer = customerOf(claims, deps);
      await keepAddress(customer.subject, claims, language, deps);
      return sessions.begin(customer);
    },
    has: (door) => providers[door] !== null,
  };
}

/** Without it the customer only gets no mails: that is no reason to turn them away. */
async function keepAddress(
  customerId: string,
  claims: JWTPayload,
  language: string,
  { addresses, clock, onError }: Pick<Dependencies, 'addresses' | 'clock' | 'onError'>,
): Promise<void> {
  const email = verifiedEmailOf(claims);
  const read = email === null ? null : readMailAddress(email);
  if (read !== null) await addresses?.set(customerId, read.address, language, clock.now()).catch(onError);
}

/** What a customers' provider says about roles is ignored. */
function customerOf(
  claims: JWTPayload,
  { accountCreatedClaim }: Pick<Dependencies, 'accountCreatedClaim'>,
): SessionOf {
  const accountCreatedAt = accountCreatedAtOf(claims, accountCreatedClaim);
  return { door: 'customer', subject: subjectOf(claims), role: 'customer', accountCreatedAt };
}

function staffOf(claims: JWTPayload, { roles }: Pick<Dependencies, 'roles'>): StaffClaims {
  return { subject: subjectOf(claims), email: verifiedEmailOf(claims), role: roles.of(claims) };
}

function verifiedEmailOf({ email, email_verified: isVerified }: JWTPayload): string | null {
  return typeof email === 'string' && isVerified === true ? email : null;
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
