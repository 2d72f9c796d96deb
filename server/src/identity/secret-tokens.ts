import { createVerifier, TokenError } from 'fast-jwt';
import type { JWTPayload } from 'jose';

/** Throws for anything but a token that one of the secrets has signed. */
export type VerifySecretToken = (token: string) => JWTPayload;

/**
 * Tokens signed with the shop's own secret (HS256). Verified in the same turn of the event loop: over HTTP, a customer sends a token that was
 * never seen before, and WebCrypto, which jose is built on, would send each of them through the thread pool. Whether the token is valid at this
 * moment is not checked here: that needs Redis's clock.
 */
export function createSecretTokens(
  secrets: readonly string[],
  { issuer, audience }: { issuer: string | undefined; audience: string | undefined },
): VerifySecretToken {
  const verifiers = secrets.map(
    (key) =>
      createVerifier({
        key,
        algorithms: ['HS256'],
        // Otherwise a token without the claim would pass the comparison.
        requiredClaims: [
          'sub',
          'exp',
          ...(issuer === undefined ? [] : ['iss']),
          ...(audience === undefined ? [] : ['aud']),
        ],
        ignoreExpiration: true,
        ignoreNotBefore: true,
        ...(issuer === undefined ? {} : { allowedIss: issuer }),
        ...(audience === undefined ? {} : { allowedAud: audience }),
      }) as VerifySecretToken,
  );
  return (token) => {
    let refusal: unknown;
    for (const verify of verifiers) {
      try {
        return verify(token);
      } catch (error) {
        refusal = error;
        if (!isBadSignature(error)) throw error;
      }
    }
    throw refusal;
  };
}

function isBadSignature(error: unknown): boolean {
  return error instanceof TokenError && error.code === TokenError.codes.invalidSignature;
}
