import { z } from 'zod';
import { saleId } from './schemas.ts';
import { sku } from './variants.ts';

export const auditCheck = z.object({
  invariant: z.string(),
  holds: z.boolean(),
  detail: z.string(),
  offending: z.array(z.unknown()).describe('at most 20 rows'),
});
export const auditReport = z
  .object({
    saleId,
    clean: z.boolean(),
    quantity: z.int(),
    orders: z.int().describe('orders in MongoDB that stand'),
    claims: z.int().describe('units that Redis has held'),
    remaining: z.int(),
    variants: z
      .array(
        z.object({
          sku,
          quantity: z.int(),
          orders: z.int().describe('orders in MongoDB that stand'),
          remaining: z.int(),
        }),
      )
      .optional()
      .describe('absent where the product has none'),
    holds: z
      .object({
        open: z.int().describe('held, and not paid yet'),
        paid: z.int(),
        expired: z.int(),
        released: z.int(),
        overdue: z.int().describe('open a minute after their time to pay was over'),
      })
      .optional()
      .describe('of a sale that requires payment'),
    outbox: z.int().describe('claims that MongoDB does not have yet'),
    poisoned: z.int().describe('outbox entries set aside because they cannot be written'),
    recoveries: z.int().describe('how often Redis had to be rebuilt'),
    restored: z.int().describe('claims that Redis had forgotten and that were brought back'),
    revoked: z.int().describe('claims that had to be taken back before they were confirmed'),
    seal: z
      .object({ version: z.int(), root: z.string(), size: z.int() })
      .nullable()
      .optional()
      .describe('the newest; null while there is none'),
    checks: z.array(auditCheck),
    notChecked: z
      .array(
        z.object({
          invariant: z.string(),
          why: z
            .enum(['not_yet', 'gone'])
            .describe('not_yet: audit again; gone: it can’t be checked any more'),
          detail: z.string(),
        }),
      )
      .optional()
      .describe('what this audit could not look at'),
  })
  .meta({ id: 'AuditReport' });

export type AuditCheck = z.infer<typeof auditCheck>;
export type AuditReport = z.infer<typeof auditReport>;
