import { z } from 'zod';
import { staffRoles } from './identity.ts';
import { customerId, instant } from './schemas.ts';

/** How a session begins, gets its next token, and ends. */

export const loginBody = z.strictObject({
  customerId,
  role: z.enum(['customer', ...staffRoles]).default('customer'),
});
export const loginAnswer = z.object({ token: z.string(), expiresAt: instant });

export const renewRequest = z.strictObject({ token: z.string().max(4_000) });
export const renewAnswer = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: z.literal('unauthenticated'), message: z.string() }),
]);
export type RenewAnswer = z.infer<typeof renewAnswer>;

export const sessionEnded = z
  .object({ code: z.enum(['unauthenticated', 'forbidden']), message: z.string() })
  .meta({ id: 'SessionEnded' });

export type SessionEnded = z.infer<typeof sessionEnded>;
