import { z } from 'zod';
import { staffRoles } from './identity.ts';
import { customerId, instant } from './schemas.ts';
import { bodyBytesOf } from './text.ts';

/** Who may use the console, as owners see and change it. */

export const staffRole = z.enum(staffRoles);

const emailLengthMax = 254;
const email = z.email().max(emailLengthMax);

/** `sub:` and the provider's id of a person, or `mail:` and an address. */
export const personId = z
  .string()
  .max(400)
  .regex(/^(sub|mail):/);

export const person = z
  .object({
    id: personId,
    email: z.string().nullable(),
    subject: z.string().nullable().describe('the provider’s id, once the person has signed in'),
    role: staffRole,
    from: z.enum(['invited', 'claim']).describe('`claim`: the identity provider gives the role'),
    by: z.string().describe('who invited them'),
    at: instant,
    signedInAt: instant.nullable(),
  })
  .meta({ id: 'Person' });
export type PersonShown = z.infer<typeof person>;

export const inviteBody = z
  .strictObject({ email: email.optional(), subject: customerId.optional(), role: staffRole })
  .refine((body) => (body.email === undefined) !== (body.subject === undefined), 'email or subject');
export const inviteBytesMax = bodyBytesOf(emailLengthMax);

export const personAnswer = z.object({ person });
export const peopleAnswer = z.object({ people: z.array(person) });
export type PeopleAnswer = z.infer<typeof peopleAnswer>;
