import { z } from 'zod';
import { currencies } from './money.ts';
import { nameLengthMax, productDetailsBody } from './product.ts';
import { perCustomerMax } from './schemas.ts';
import { shownText } from './text.ts';
import { priceWanted, sku, units, variantsWanted } from './variants.ts';

/** The terms of a sale, as an operator sets and changes them. */

const [firstMs, lastMs] = ['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'].map(Date.parse) as [
  number,
  number,
];
const anyInstant = z.iso
  .datetime({ offset: true })
  // A zone may lead to a year that has a sign, which no answer can have.
  .refine(
    (text) => Date.parse(text) >= firstMs && Date.parse(text) <= lastMs,
    'accepted: years 0000 to 9999 in UTC',
  )
  .describe('ISO 8601 with a zone or Z');

export const reasonLengthMax = 200;

const opening = z.union([z.literal('now'), anyInstant]);

const presaleWanted = z
  .strictObject({
    codesUntil: anyInstant
      .nullable()
      .describe('at the opening or later; null: codes are needed until the end'),
  })
  .nullable();

export const [holdSecondsMin, holdSecondsMax] = [60, 3_600];
export const holdsMaxMax = 10;
const paymentWanted = {
  payment: z
    .enum(['none', 'required'])
    .default('none')
    .describe('required: a unit is held until its customer has paid; needs PAYMENT_PROVIDER'),
  holdSeconds: z
    .int()
    .min(holdSecondsMin)
    .max(holdSecondsMax)
    .optional()
    .describe('default: 600; only with `payment: required`'),
  holdsMax: z.int().min(1).max(holdsMaxMax).optional().describe('default: 2; only with `payment: required`'),
};

export const startBody = z.strictObject({
  name: shownText(nameLengthMax).default('iPhone'),
  price: priceWanted.default(999),
  currency: z.enum(currencies).optional().describe('ISO 4217; default: CURRENCY'),
  quantity: units
    .optional()
    .describe('default: 1000, and with variants their sum, which it must not contradict'),
  variants: variantsWanted.optional(),
  startsAt: opening.optional().describe('default: the upcoming Sunday 00:00 in SALE_TIME_ZONE'),
  endsAt: anyInstant.nullable().optional(),
  perCustomer: z.int().min(1).max(perCustomerMax).default(1),
  simulated: z.boolean().default(false).describe('its buyers are a simulated crowd, and the pages say so'),
  presale: presaleWanted
    .optional()
    .describe('from the opening until then only customers with an access code may buy'),
  ...paymentWanted,
  ...productDetailsBody,
});
/** A sale for later, or one that is not complete yet. */
export const planBody = startBody.extend({
  draft: z
    .boolean()
    .default(false)
    .describe('kept as it is, also with times that have passed; it never takes the page by itself'),
});
export const rescheduleBody = z
  .strictObject({
    startsAt: opening.optional(),
    endsAt: anyInstant.nullable().optional(),
    presale: presaleWanted.optional().describe('null: no one needs a code any more'),
    name: shownText(nameLengthMax).optional().describe('until the opening, as description and images'),
    ...productDetailsBody,
  })
  .refine((body) => Object.values(body).some((value) => value !== undefined), 'nothing to change');
export const restockBody = z.strictObject({
  quantity: units.describe('units to add'),
  variant: sku.optional().describe('to which variant: needed where the sale has any'),
});
export const reasonBody = z.strictObject({ reason: shownText(reasonLengthMax, 0).optional() });

export type PlanBody = z.infer<typeof planBody>;
export type StartBody = z.infer<typeof startBody>;
