import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { expect, it } from 'vitest';
import { type AuthParts, sessionRoutes, signInRoutes } from '../../src/http/auth-routes.ts';
import { handleErrors } from '../../src/http/problems.ts';
import type { HttpApp } from '../../src/http/routes.ts';
import { createCookieJar } from '../../src/identity/cookies.ts';

const noDatabase = () =>
  Promise.reject(
    Object.assign(new Error('The store does not answer.'), { name: 'MongoServerSelectionError' }),
  );
const pending = { door: 'customer', returnTo: '/', state: 's', nonce: 'n', codeVerifier: 'v' };

/** A shop over https whose MongoDB does not answer. */
function withoutDatabase() {
  const app = Fastify() as unknown as HttpApp;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  const faults: unknown[] = [];
  const parts = {
    signIn: { open: async () => pending, finish: noDatabase, has: () => true },
    sessions: { refresh: noDatabase },
    ...{ cookies: createCookieJar(() => true), isOwnOrigin: () => true, rate: async () => 0 },
    onFault: (error: unknown) => void faults.push(error),
  } as unknown as AuthParts;
  signInRoutes(app, null, parts);
  sessionRoutes(app, parts);
  return { app, faults };
}

it('a sign-in while MongoDB is down is answered with “not now”, and is no fault of the visitor', async () => {
  const { app, faults } = withoutDatabase();
  const headers = { cookie: '__Host-flipzon-sign-in-s=sealed' };
  const answer = await app.inject({ url: '/auth/callback?code=1&state=s', headers });
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'unavailable']);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  expect(faults).toHaveLength(1);
});

it('a refresh while MongoDB is down is answered with “not now”, and the browser keeps its session', async () => {
  const { app } = withoutDatabase();
  const answer = await app.inject({
    method: 'POST',
    url: '/auth/refresh',
    headers: { origin: 'https://shop.example', cookie: '__Host-flipzon-session=kept' },
  });
  expect([answer.statusCode, answer.json().code]).toEqual([503, 'unavailable']);
  expect(answer.headers['set-cookie']).toBeUndefined();
});
