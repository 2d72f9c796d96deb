import { z } from 'zod';
import { currencies } from './money.ts';
import { orderIdLengthMax } from './schemas.ts';

/** What a checkout outside the shop says about the money that it has taken. */

export const holdId = z
  .string()
  .min(1)
  .max(orderIdLengthMax + 3)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it keeps out.
  .regex(/^[^\x00-\x1f\x7f]+$/)
  .describe('`holdId` of the order: saleId:customerId:n:try');

const referenceLengthMax = 200;
export const paymentBytesMax = 1_000;

export const paymentBody = z.strictObject({
  reference: z
    .string()
    .min(1)
    .max(referenceLengthMax)
    .regex(/^[\x21-\x7e]+$/)
    .describe('names the payment where it was made; pays for one hold'),
  amountMinor: z.int().min(0).describe('the order’s `priceMinor`'),
  currency: z.enum(currencies).describe('the order’s `currency`'),
});
