import { emailCodeBody, emailCodeSent, enterCodeBody } from '@flipzon/protocol/email-codes.ts';
import { loginAnswer } from '@flipzon/protocol/session-schemas.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieJar } from '../identity/cookies.ts';
import { type AskOutcome, codeSeconds, type EmailCodes } from '../identity/email-codes.ts';
import type { AskedFrom } from '../limits/client-address.ts';
import type { networksOf } from '../limits/networks.ts';
import { isoInstant } from '../sale/sale.ts';
import { giveSession, refuseForeign, setCookie } from './auth-cookies.ts';
import { languageOf } from './page-language.ts';
import { sendProblem } from './problems.ts';
import { type HttpApp, refusedWith } from './routes.ts';

/** Says which browser asked for the code, and is good for nothing without the code. */
const codeCookie = { name: 'flipzon-email-code', sameSite: 'strict' } as const;

export interface EmailCodeParts {
  emailCodes: EmailCodes;
  cookies: CookieJar;
  isOwnOrigin: (origin: string, host: string | undefined) => boolean;
  countedNetworks: (request: AskedFrom) => ReturnType<typeof networksOf>;
}

/** Signing in with a code by e-mail. Only pages of this shop may call these routes: the cookie alone would let any page act. */
export function emailCodeRoutes(app: HttpApp, parts: EmailCodeParts): void {
  const { emailCodes, cookies } = parts;
  const isForeign = (request: FastifyRequest, reply: FastifyReply) =>
    refuseForeign(request, reply, parts.isOwnOrigin);
  app.post(
    '/auth/email',
    {
      schema: {
        tags: ['shopper'],
        summary: 'Sends a code to an e-mail address, for this browser to sign in with',
        body: emailCodeBody,
        response: { 202: emailCodeSent, ...refusedWith(400, 403, 413, 415, 429, 503) },
      },
    },
    async (request, reply) => {
      if (isForeign(request, reply)) return reply;
      const { address, language } = request.body;
      const outcome = await emailCodes.ask(address, {
        networks: parts.countedNetworks(request.raw),
        language: language ?? languageOf(request.headers['accept-language']),
      });
      if (!outcome.ok) return refuse(reply, outcome);
      setCookie(reply, cookies.set({ ...codeCookie, value: outcome.cookie, seconds: codeSeconds }));
      return reply.code(202).send({ expiresAt: isoInstant(outcome.expiresAt) });
    },
  );
  app.post(
    '/auth/email/code',
    {
      schema: {
        tags: ['shopper'],
        summary: 'Signs in with the code that this browser asked for',
        body: enterCodeBody,
        response: { 200: loginAnswer, ...refusedWith(400, 403, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      if (isForeign(request, reply)) return reply;
      const cookie = cookies.read(request.headers.cookie, codeCookie.name);
      const outcome = await emailCodes.enter(cookie, request.body.code);
      if (!outcome.ok && outcome.code === 'wrong_code')
        return sendProblem(reply, 'wrong_code', `Check the code. Tries left: ${outcome.triesLeft}.`);
      setCookie(reply, cookies.clear(codeCookie));
      if (!outcome.ok)
        return sendProblem(
          reply,
          'code_expired',
          'The code is too old, was used, or was tried too often. Ask for a new one.',
        );
      const { signedIn } = outcome;
      giveSession(reply, cookies, signedIn);
      return reply.send({ token: signedIn.token, expiresAt: isoInstant(signedIn.expiresAt) });
    },
  );
}

function refuse(reply: FastifyReply, outcome: Exclude<AskOutcome, { ok: true }>): FastifyReply {
  switch (outcome.code) {
    case 'invalid_address':
      return sendProblem(reply, 'invalid_address', 'Check the e-mail address.');
    case 'address_refused':
      return sendProblem(reply, 'invalid_address', 'The mail server does not accept this address. Check it.');
    case 'too_many': {
      const { retryAfterMs } = outcome;
      const detail = 'Too many codes were sent. Use the newest one, or try again after retryAfterMs.';
      return sendProblem(reply, 'too_many_requests', detail, { retryAfterMs });
    }
    case 'unavailable': {
      const { retryAfterMs } = outcome;
      return sendProblem(reply, 'unavailable', 'Codes cannot be sent at the moment. Try again.', {
        retryAfterMs,
      });
    }
  }
}
