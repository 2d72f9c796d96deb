import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createIdentityProvider, ProviderUnavailable } from '../../src/identity/identity-provider.ts';
import type { PendingSignIn } from '../../src/identity/pending-sign-in.ts';

const issuer = 'https://provider.example';
const pending: PendingSignIn = {
  ...{ door: 'customer', returnTo: '/', state: 'state', nonce: 'nonce' },
  codeVerifier: 'v'.repeat(43),
};
let answer: () => Response;
let asked: number;

beforeEach(() => {
  asked = 0;
  vi.useFakeTimers({ toFake: ['performance'] });
  vi.stubGlobal('fetch', async () => {
    asked++;
    return answer();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const discovered = (more: object = {}) =>
  Response.json({
    ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
    ...{ jwks_uri: `${issuer}/keys`, ...more },
  });
const unavailable = () => new Response(null, { status: 503 });

function open() {
  const settings = { issuer, clientId: 'shop', clientSecret: undefined, scope: 'openid' };
  const provider = createIdentityProvider({ ...settings, readsProfile: false });
  return () => provider.authorizationUrl(pending, 'https://shop.example/auth/callback');
}

it('is asked for its addresses once an hour, and the ones it had are good while it does not answer', async () => {
  const leave = open();
  answer = () => discovered();
  for (let time = 0; time < 2; time++) expect(await leave()).toMatch(`${issuer}/auth?`);
  expect(asked).toBe(1);
  vi.advanceTimersByTime(3_600_000);
  answer = unavailable;
  expect(await Promise.all([leave(), leave()])).toEqual(Array(2).fill(expect.stringContaining('/auth?')));
  expect(await leave()).toMatch(`${issuer}/auth?`);
  // Not by each sign-in: it may take seconds to fail.
  expect(asked).toBe(2);
  vi.advanceTimersByTime(60_000);
  answer = () => discovered({ authorization_endpoint: `${issuer}/moved` });
  expect(await leave()).toMatch(`${issuer}/moved?`);
  expect(asked).toBe(3);
});

it('is asked again by the next sign-in where it has never answered', async () => {
  const leave = open();
  answer = unavailable;
  await expect(leave()).rejects.toThrow(ProviderUnavailable);
  answer = () => discovered();
  expect(await leave()).toMatch(`${issuer}/auth?`);
});

it('is unavailable if its answer is longer than any is', async () => {
  const leave = open();
  let sent = 0;
  const endless = () =>
    new ReadableStream<Uint8Array>({
      pull(stream) {
        sent++;
        stream.enqueue(new Uint8Array(65_536).fill(32));
      },
    });
  answer = () => new Response(endless(), { headers: { 'content-type': 'application/json' } });
  await expect(leave()).rejects.toThrow(ProviderUnavailable);
  expect(sent).toBeLessThan(20);
});
