import { z } from 'zod';
import { accessPass, instant } from './schemas.ts';
import { sku } from './variants.ts';

/** Access codes of a presale. Like all schemas, these validate at run time and generate the documents. */

export const accessCodesMax = 100_000;
/** Codes that one request makes. */
export const generatedCodesMax = 10_000;
/** A file of 100,000 codes with their variants. */
export const importBytesMax = 8_000_000;

const typedCode = z.string().min(1).max(200).describe('in any case, with blanks and dashes or none');

export const accessBody = z.strictObject({ code: typedCode });
export const accessAnswer = z.object({
  access: accessPass.describe('to be sent with each buy as `Access-Pass`, or as `access` over the socket'),
  variant: sku.nullable().describe('the only variant that the code is for; null: any'),
  codesUntil: instant.nullable(),
});

export const codeCounts = z.object({
  issued: z.int().describe('made or imported'),
  redeemed: z.int(),
  revoked: z.int(),
});
export const generateBody = z.strictObject({
  count: z.int().min(1).max(generatedCodesMax),
  variant: sku.optional().describe('only for this variant'),
});
export const generatedAnswer = z.object({
  codes: z.array(z.string()).describe('given only now: the shop stores their hashes'),
  counts: codeCounts,
});
export const importedAnswer = z.object({
  imported: z.int(),
  duplicates: z.int().describe('lines with a code that the file or the sale has already'),
  invalid: z
    .int()
    .describe(
      'lines without a code of 8 to 64 letters and digits, or with a variant that the sale does not have',
    ),
  lines: z
    .array(z.object({ line: z.int(), why: z.enum(['duplicate', 'invalid']) }))
    .describe('the first 20 that were not imported'),
  counts: codeCounts,
});
export const revokeBody = z.strictObject({ code: typedCode });
export const revokedAnswer = z.object({ counts: codeCounts });

export type AccessAnswer = z.infer<typeof accessAnswer>;
export type CodeCountsShown = z.infer<typeof codeCounts>;
export type GeneratedAnswer = z.infer<typeof generatedAnswer>;
export type ImportedAnswer = z.infer<typeof importedAnswer>;
