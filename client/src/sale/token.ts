import type { Customer } from './model.ts';
import type { Storage } from './storage.ts';

export const tokenKey = 'flipzon.token';

export function readCustomer(storage: Storage): Customer | null {
  return customerOf(storage.read(tokenKey));
}

/** Whose token it is. Only the server can tell whether it is good: this is for showing a name, and for no decision. */
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
