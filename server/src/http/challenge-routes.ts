import { challengeAnswer, challengeBody, challengePassed } from '@flipzon/protocol/challenge-schemas.ts';
import type { Challenge } from '../challenge/challenge.ts';
import type { NetworkOf } from '../limits/client-networks.ts';
import type { RequestRate } from '../limits/request-rate.ts';
import { isoInstant } from '../sale/sale.ts';
import { customerOf, type RequireRole, withinRate } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, refusedWith } from './routes.ts';

/** The tokens of captchas have a few thousand characters. */
const bodyBytesMax = 6_000;
/** Pause before a captcha's provider is asked again. */
const unknownRetryMs = 1_000;

interface Dependencies {
  challenge: Challenge;
  networkOf: NetworkOf;
  rate: RequestRate;
  requireRole: RequireRole;
}

/** Challenges, which clients solve before the opening. If a pass is required, a buy without one is refused with `challenge_required`. */
export function challengeRoutes(
  app: HttpApp,
  { challenge, networkOf, rate, requireRole }: Dependencies,
): void {
  const common = { tags: ['shopper'], security: bearer };
  app.get(
    '/challenge',
    {
      onRequest: requireRole('customer'),
      schema: {
        ...common,
        summary: 'What this customer has to solve before buying, if anything',
        response: { 200: challengeAnswer, ...refusedWith(401, 403) },
      },
    },
    async (request, reply) => {
      const required = challenge.isRequired(networkOf(request.raw));
      return reply.send(required ? { required, ...challenge.issue(customerOf(request)) } : { required });
    },
  );
  app.post(
    '/challenge',
    {
      bodyLimit: bodyBytesMax,
      onRequest: requireRole('customer'),
      preHandler: withinRate(rate),
      schema: {
        ...common,
        summary:
          'The solution; for a pass, to be sent with each buy as `Challenge-Pass`, or as `pass` over the socket',
        body: challengeBody,
        response: { 200: challengePassed, ...refusedWith(400, 401, 403, 413, 415, 429, 503) },
      },
    },
    async (request, reply) => {
      const passed = await challenge.pass(customerOf(request), request.body);
      if (passed.code === 'wrong')
        return sendProblem(
          reply,
          'challenge_required',
          'The solution is wrong. Get a new challenge and try again.',
        );
      if (passed.code !== 'passed')
        return sendProblem(reply, 'unavailable', undefined, { retryAfterMs: unknownRetryMs });
      return reply.send({ pass: passed.pass, expiresAt: isoInstant(passed.until) });
    },
  );
}
