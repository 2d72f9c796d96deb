import { z } from 'zod';
import { instant } from './schemas.ts';
import { bodyBytesOf, shownText } from './text.ts';

/** Keys with which machines use the API, as owners make and see them. */

export const apiScopes = ['payments:write'] as const;
export type ApiScope = (typeof apiScopes)[number];

export const apiKeyNameLengthMax = 80;
export const apiKeyBytesMax = bodyBytesOf(apiKeyNameLengthMax) + 200;

const scopes = z.array(z.enum(apiScopes)).min(1).max(apiScopes.length);

export const apiKeyId = z.string().regex(/^[0-9a-f]{12}$/);
export const apiKey = z
  .object({
    id: apiKeyId,
    name: z.string(),
    scopes,
    by: z.string().describe('who made it'),
    at: instant,
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });

export const apiKeyBody = z.strictObject({ name: shownText(apiKeyNameLengthMax), scopes });
export const apiKeyMadeAnswer = z.object({
  apiKey,
  key: z.string().describe('for `Authorization: Bearer`; given only now: the shop stores its hash'),
});
export const apiKeyAnswer = z.object({ apiKey });
export const apiKeysAnswer = z.object({ apiKeys: z.array(apiKey) });
export type ApiKeyShown = z.infer<typeof apiKey>;
