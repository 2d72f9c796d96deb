import { type Door, hintCookies } from '@flipzon/protocol/identity.ts';
import type { Storage } from '../../storage.ts';
import type { Customer } from '../model/model.ts';

/** The kind of visitor. An operator and a customer can be signed in on the same device, each with a separate token. */
export type Visitor = 'customer' | 'spectator' | 'operator';

export function doorOf(visitor: Visitor): Door {
  return visitor === 'operator' ? 'operator' : 'customer';
}

/** Null for a spectator, even if a customer is signed in on the device. */
export function tokenKeyOf(visitor: Visitor): string | null {
  switch (visitor) {
    case 'customer':
      return 'flipzon.token';
    case 'operator':
      return 'flipzon.operator';
    case 'spectator':
      return null;
  }
}

export function readCustomer(storage: Storage, key: string | null): Customer | null {
  return key === null ? null : customerOf(storage.read(key));
}

/** The customer of a token. Only the server can verify it: this is for showing a name, and for no decision. */
export function customerOf(token: string | null): Customer | null {
  const { sub } = claimsOf(token);
  return token !== null && typeof sub === 'string' && sub !== '' ? { id: sub, token } : null;
}

/** What a token says, unverified; empty for anything but a token. */
export function claimsOf(token: string | null): { sub?: unknown; exp?: unknown; role?: unknown } {
  try {
    const payload = token?.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? '';
    const bytes = Uint8Array.from(atob(payload), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}

/** The visitor has signed in at this shop: a cookie says so, which has no other use. */
export function hasSession(visitor: Visitor): boolean {
  const name = hintCookies[doorOf(visitor)];
  return visitor !== 'spectator' && new RegExp(`(^|; )(__Host-)?${name}=`).test(document.cookie);
}

/** Where the visitor signs in at the shop's identity provider, and comes back from to where they are. */
export function signInAddress(visitor: Visitor, returnTo = addressHere()): string {
  const query = new URLSearchParams({ as: doorOf(visitor), return: returnTo });
  return `/auth/login?${query}`;
}

function addressHere(): string {
  const { pathname, search, hash } = location;
  return `${pathname}${search}${hash}`;
}
