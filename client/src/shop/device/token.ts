import type { Storage } from '../../storage.ts';
import type { Customer } from '../model/model.ts';

/** The kind of visitor. An operator and a customer can be signed in on the same device, each with a separate token. */
export type Visitor = 'customer' | 'spectator' | 'operator';

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
  const payload = token?.split('.')[1];
  if (token === null || payload === undefined) {
    return null;
  }
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    );
    const claims: { sub?: unknown } | null = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims?.sub === 'string' && claims.sub !== '' ? { id: claims.sub, token } : null;
  } catch {
    return null;
  }
}
