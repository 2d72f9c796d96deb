import { hkdfSync } from 'node:crypto';
import type { Door } from '@flipzon/protocol/identity.ts';
import { EncryptJWT, jwtDecrypt } from 'jose';

/** A sign-in on its way to the identity provider and back. */
export interface PendingSignIn {
  door: Door;
  /** A path of this shop. */
  returnTo: string;
  state: string;
  nonce: string;
  codeVerifier: string;
  /** Of the link that makes the person who signs in with it the first owner. */
  firstOwnerKey?: string;
}

/** To type a password, find a second factor, reset a forgotten one. */
export const pendingSeconds = 900;

const text = { alg: 'dir', enc: 'A256GCM' } as const;

/**
 * Seals a pending sign-in into a text for the browser's cookie, so any node can take the callback and none remembers anything. The first
 * secret seals, all open.
 */
export function createPendingSeal(secrets: readonly string[]) {
  const keys = secrets.map(
    (secret) => new Uint8Array(hkdfSync('sha256', secret, '', 'flipzon pending sign-in', 32)),
  );
  return {
    async seal(pending: PendingSignIn): Promise<string> {
      return new EncryptJWT({ ...pending })
        .setProtectedHeader(text)
        .setIssuedAt()
        .setExpirationTime(`${pendingSeconds}s`)
        .encrypt(keys[0] as Uint8Array);
    },
    /** Null for anything but a sealed one that is not too old. */
    async open(sealed: string): Promise<PendingSignIn | null> {
      for (const key of keys) {
        const opened = await jwtDecrypt<PendingSignIn>(sealed, key, {
          contentEncryptionAlgorithms: [text.enc],
          keyManagementAlgorithms: [text.alg],
        }).catch(() => null);
        if (opened !== null) return opened.payload;
      }
      return null;
    },
  };
}
