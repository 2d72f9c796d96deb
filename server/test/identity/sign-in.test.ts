import { describe, expect, it } from 'vitest';
import type { IdentityProvider } from '../../src/identity/identity-provider.ts';
import type { PendingSignIn } from '../../src/identity/pending-sign-in.ts';
import { createSignIn } from '../../src/identity/sign-in.ts';

const pending = {
  ...{ door: 'customer', returnTo: '/', state: 's', nonce: 'n', codeVerifier: 'v' },
} as PendingSignIn;

function signInOf(claims: object, addresses: 'kept' | 'fail' | 'none' = 'kept') {
  const kept: unknown[] = [];
  const errors: unknown[] = [];
  const signIn = createSignIn({
    providers: { customer: { claims: async () => claims } as unknown as IdentityProvider, operator: null },
    sessions: { begin: async (person: object) => ({ ...person, token: 'given' }) } as never,
    ...{ seal: {} as never, roles: {} as never, people: {} as never },
    ...{ publicUrl: () => 'https://shop.example', accountCreatedClaim: undefined },
    addresses:
      addresses === 'none'
        ? null
        : {
            async set(...given) {
              if (addresses === 'fail') throw new Error('no database');
              kept.push(given);
            },
          },
    clock: { now: () => 7 },
    onError: (error) => errors.push(error),
  });
  return { kept, errors, finish: () => signIn.finish(pending, '?code=1', 'de') };
}
const ann = { sub: 'ann', email: 'Ann@Example.com', email_verified: true };

describe('the e-mail address of a customer who signs in at the provider', () => {
  it('is kept for mails about orders, with the language of the browser', async () => {
    const { kept, finish } = signInOf(ann);
    expect(await finish()).toMatchObject({ subject: 'ann', token: 'given' });
    expect(kept).toEqual([['ann', 'Ann@example.com', 'de', 7]]);
  });

  it.each([
    { ...ann, email_verified: false },
    { ...ann, email_verified: 'true' },
    { ...ann, email: 'ann@example.com\r\nBcc: all@example.com' },
    { ...ann, email: 7 },
    { sub: 'ann' },
  ])('is not kept unless it is a verified address: %j', async (claims) => {
    const { kept, finish } = signInOf(claims);
    expect(await finish()).toMatchObject({ token: 'given' });
    expect(kept).toEqual([]);
  });

  it('is not needed to sign in: the shop may send no mails, or the database may fail', async () => {
    expect(await signInOf(ann, 'none').finish()).toMatchObject({ token: 'given' });
    const { errors, finish } = signInOf(ann, 'fail');
    expect(await finish()).toMatchObject({ token: 'given' });
    expect(errors).toHaveLength(1);
  });
});
