import { z } from 'zod';
import { challengePass, instant, plain } from './schemas.ts';

/** What a customer has to solve before a buy, where the shop demands it. */

export const challengeAnswer = z.object({
  required: z.boolean(),
  kind: z.enum(['proof_of_work', 'captcha']).optional(),
  challenge: z.string().optional().describe('to be sent back with the answer'),
  bits: z
    .int()
    .optional()
    .describe(
      'find an answer so that SHA-256 of SEED:ANSWER begins with so many zero bits; SEED: what follows the last dot of the challenge',
    ),
  siteKey: z.string().optional().describe('of the captcha’s widget'),
});
export const challengeBody = z.strictObject({
  challenge: z.string().max(200).regex(plain),
  answer: z.string().min(1).max(5_000).regex(plain),
});
export const challengePassed = z.object({ pass: challengePass, expiresAt: instant });

export type ChallengeAnswer = z.infer<typeof challengeAnswer>;
