import { z } from 'zod';
import { instant } from './schemas.ts';

/* Signing in with a code by e-mail. */

export const emailLanguages = ['en', 'de', 'hi', 'ar'] as const;

export const emailCodeBody = z.strictObject({
  address: z.string().min(1).max(300),
  language: z.enum(emailLanguages).optional().describe('of the mail; default: the first of Accept-Language'),
});
export const emailCodeSent = z.object({ expiresAt: instant.describe('until when the code works') });
export const enterCodeBody = z.strictObject({ code: z.string().min(1).max(40) });
