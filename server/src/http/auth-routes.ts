import { type Door, doors } from '@flipzon/protocol/identity.ts';
import { type SignInFailure, signInFailures } from '@flipzon/protocol/page.ts';
import { loginAnswer } from '@flipzon/protocol/session-schemas.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { CookieJar } from '../identity/cookies.ts';
import { SignInRefused } from '../identity/identity-provider.ts';
import { ownPath } from '../identity/own-path.ts';
import { pendingSeconds } from '../identity/pending-sign-in.ts';
import type { People } from '../identity/people.ts';
import type { Sessions } from '../identity/sessions.ts';
import { callbackPath, type SignIn } from '../identity/sign-in.ts';
import type { RequestRate } from '../limits/request-rate.ts';
import { isoInstant } from '../sale/sale.ts';
import { giveSession, hintOf, refuseForeign, sessionCookie, sessionOf, setCookie } from './auth-cookies.ts';
import type { EmailCodeParts } from './email-code-routes.ts';
import { languageOf } from './page-language.ts';
import { sendProblem } from './problems.ts';
import { type HttpApp, refusedWith } from './routes.ts';
import type { SendPage } from './shop-page.ts';
import { wantsPage } from './wants-page.ts';

export interface AuthParts {
  signIn: SignIn;
  sessions: Sessions;
  people: People;
  cookies: CookieJar;
  /** Whether a browser's page of this origin is the shop's own. */
  isOwnOrigin: (origin: string, host: string | undefined) => boolean;
  /** Null: this shop sends no mails. */
  emailCodes: EmailCodeParts['emailCodes'] | null;
  rate: RequestRate;
  onFault: (error: unknown) => void;
}

const pendingCookie = 'flipzon-sign-in-';
/** A browser with more sign-ins under way has forgotten the others. */
const pendingMax = 4;
const keyLengthMax = 100;
const retryMs = 5_000;
/** The rest of the cookie changes. */
const sessionIdLength = 22;
const door = z.enum(doors).default('customer').describe('the shop or the console');
const returnTo = z
  .string()
  .transform((text, context) => {
    const path = ownPath(text);
    if (path !== null) return path;
    context.addIssue('not a path of this shop');
    return z.NEVER;
  })
  .default('/');

/** Addresses that a browser goes to: out to the identity provider, and back. */
export function signInRoutes(pages: HttpApp, sendPage: SendPage | null, parts: AuthParts): void {
  const fail = createFail(sendPage);
  const leave = createLeave(parts, fail);
  const common = { tags: ['public'] };
  const toProvider = z.undefined().describe('To the provider');
  pages.get(
    '/auth/login',
    {
      schema: {
        ...common,
        summary: 'Sends the browser to the identity provider, and back to `return` as a signed-in person',
        querystring: z.object({ return: returnTo, as: door }),
        response: { 303: toProvider, ...refusedWith(400, 404, 503) },
      },
    },
    async (request, reply) => leave(request, reply, { as: request.query.as, path: request.query.return }),
  );
  pages.get(
    '/auth/first-owner',
    {
      schema: {
        ...common,
        summary:
          'The link that the start prints while the shop has no owner; the person who signs in with it becomes the first',
        querystring: z.object({ key: z.string().max(keyLengthMax) }),
        response: { 303: toProvider, ...refusedWith(400, 403, 404, 503) },
      },
    },
    async (request, reply) => {
      const { key } = request.query;
      return parts.people.isFirstOwnerKey(key)
        ? leave(request, reply, { as: 'operator', path: '/console', firstOwnerKey: key })
        : fail(request, reply, { why: 'denied', as: 'operator', returnTo: '/console' });
    },
  );
  pages.get(
    callbackPath,
    {
      schema: {
        ...common,
        summary: 'Where the identity provider sends the browser back to',
        response: { 303: z.undefined().describe('Signed in'), ...refusedWith(400, 403, 503) },
      },
    },
    async (request, reply) => comeBack(request, reply, parts, fail),
  );
}

function createLeave({ signIn, cookies, onFault }: AuthParts, fail: Fail) {
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
    { as, path, firstOwnerKey }: { as: Door; path: string; firstOwnerKey?: string },
  ): Promise<FastifyReply> => {
    reply.header('cache-control', 'no-store');
    if (!signIn.has(as)) return sendProblem(reply, 'not_found', 'There is no provider to sign in with here.');
    try {
      const { url, state, sealed } = await signIn.begin(as, path, firstOwnerKey);
      const older = [...cookies.readAll(request.headers.cookie, pendingCookie).keys()];
      for (const name of older.slice(0, Math.max(0, older.length - pendingMax + 1)))
        setCookie(reply, cookies.clear(pendingNamed(name)));
      const named = pendingNamed(nameOf(state));
      setCookie(reply, cookies.set({ ...named, value: sealed, seconds: pendingSeconds }));
      return reply.redirect(url, 303);
    } catch (error) {
      onFault(error);
      return fail(request, reply, { why: 'unavailable', as, returnTo: path });
    }
  };
}

async function comeBack(
  request: FastifyRequest,
  reply: FastifyReply,
  { signIn, cookies, onFault }: AuthParts,
  fail: Fail,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  const query = new URL(request.url, 'http://shop').search;
  const name = nameOf(new URLSearchParams(query).get('state') ?? '');
  const sealed = cookies.readAll(request.headers.cookie, pendingCookie).get(name);
  const pending = sealed === undefined ? null : await signIn.open(sealed);
  if (pending === null) return fail(request, reply, { why: 'expired', as: 'customer', returnTo: '/' });
  setCookie(reply, cookies.clear(pendingNamed(name)));
  try {
    giveSession(
      reply,
      cookies,
      await signIn.finish(pending, query, languageOf(request.headers['accept-language'])),
    );
    return reply.redirect(pending.returnTo, 303);
  } catch (error) {
    if (!(error instanceof SignInRefused)) onFault(error);
    return fail(request, reply, { why: whyOf(error), as: pending.door, returnTo: pending.returnTo });
  }
}

/** Requests of the page's own script. Only pages of this shop may send them: the cookie alone would let any page act. */
export function sessionRoutes(app: HttpApp, { sessions, cookies, isOwnOrigin, rate }: AuthParts): void {
  const query = z.object({ as: door });
  const common = { tags: ['shopper'] };
  const isForeign = (request: FastifyRequest, reply: FastifyReply) =>
    refuseForeign(request, reply, isOwnOrigin);
  const forget = (reply: FastifyReply, as: Door) => {
    setCookie(reply, cookies.clear(sessionOf(as)));
    setCookie(reply, cookies.clear(hintOf(as)));
  };
  app.post(
    '/auth/refresh',
    {
      schema: {
        ...common,
        summary: 'A new token for the session that the browser’s cookie belongs to',
        querystring: query,
        response: { 200: loginAnswer, ...refusedWith(400, 401, 403, 429, 503) },
      },
    },
    async (request, reply) => {
      if (isForeign(request, reply)) return reply;
      const { as } = request.query;
      const cookie = cookies.read(request.headers.cookie, sessionCookie[as]);
      const retryAfterMs = cookie === null ? 0 : await rate(cookie.slice(0, sessionIdLength));
      if (retryAfterMs > 0) return sendProblem(reply, 'too_many_requests', undefined, { retryAfterMs });
      const refreshed = cookie === null ? null : await sessions.refresh(as, cookie);
      if (refreshed === null) {
        forget(reply, as);
        return sendProblem(reply, 'unauthenticated', 'The session has ended. Sign in again.');
      }
      giveSession(reply, cookies, refreshed);
      return reply.send({ token: refreshed.token, expiresAt: isoInstant(refreshed.expiresAt) });
    },
  );
  app.post(
    '/auth/sign-out',
    {
      schema: {
        ...common,
        summary: 'Ends this session; with `everywhere`, all sessions of the person, at once on all nodes',
        querystring: query.extend({ everywhere: z.string().optional() }),
        response: { 204: z.undefined().describe('Signed out'), ...refusedWith(400, 403, 503) },
      },
    },
    async (request, reply) => {
      if (isForeign(request, reply)) return reply;
      const { as, everywhere } = request.query;
      const cookie = cookies.read(request.headers.cookie, sessionCookie[as]);
      if (cookie !== null) await sessions.signOut(as, cookie, everywhere !== undefined);
      forget(reply, as);
      return reply.code(204).send();
    },
  );
}

const pendingNamed = (name: string) => ({ name: `${pendingCookie}${name}`, sameSite: 'lax' }) as const;

/** The part of the state that tells sign-ins of one browser apart; all of it is sealed in the cookie. */
function nameOf(state: string): string {
  return state.replace(/[^\w-]/g, '').slice(0, 12);
}

const failures = {
  unavailable: { code: 'unavailable', detail: 'Sign-in is not available at the moment. Try again.' },
  expired: {
    code: 'invalid_request',
    detail: 'This sign-in took too long or was not begun here. Sign in again.',
  },
  denied: { code: 'forbidden', detail: 'The sign-in was refused.' },
} as const;

function whyOf(error: unknown): SignInFailure['why'] {
  if (!(error instanceof SignInRefused)) return 'unavailable';
  return error.denied ? 'denied' : 'expired';
}

/** A browser gets the page, which says what happened and offers another try; a program gets the problem. */
type Fail = (request: FastifyRequest, reply: FastifyReply, failure: SignInFailure) => FastifyReply;

function createFail(sendPage: SendPage | null): Fail {
  return (request, reply, failure) => {
    const { code, detail } = failures[failure.why];
    const retryAfterMs = failure.why === 'unavailable' ? { retryAfterMs: retryMs } : {};
    reply.header('vary', 'accept');
    if (sendPage === null || !wantsPage(request)) return sendProblem(reply, code, detail, retryAfterMs);
    return sendPage(request, reply.code(signInFailures[failure.why]), { signInFailure: failure });
  };
}
