import { z } from 'zod';
import { instant, order, saleId, storedCustomerId } from './schemas.ts';

/** What the console asks for about customers and their orders. */

export const customersPageMax = 100;
/** No customer's id and no order's is longer. */
export const searchLengthMax = 200;

const next = z.string().nullable().describe('where the next page begins; null when there is none');
const saleNames = z
  .array(z.object({ id: saleId, name: z.string().describe('of its product') }))
  .describe('the sales of these orders');

export const ordersFoundAnswer = z.object({ orders: z.array(order), sales: saleNames, next });

export const blockedCustomer = z
  .object({
    customerId: storedCustomerId,
    by: z.string().describe('`sub` of the operator’s token'),
    at: instant,
    reason: z.string().nullable(),
  })
  .meta({ id: 'BlockedCustomer' });

export const blockedAnswer = z.object({
  customers: z.array(blockedCustomer).describe('the last one blocked first'),
  next,
});

export const customerAnswer = z.object({
  customerId: storedCustomerId,
  totalPurchases: z.int(),
  blocked: blockedCustomer.nullable().describe('null: this customer may buy'),
  orders: z
    .array(order)
    .describe('newest first; the first page begins with the claims that MongoDB does not have yet'),
  sales: saleNames,
  next,
});

export const conversionAnswer = z.object({
  pressed: z
    .int()
    .nullable()
    .describe(
      'customers who asked for a unit, by an estimate with a standard error of 1.6 %; null for sales of version 0.2 and before',
    ),
  bought: z.int().describe('customers who got a unit, cancelled orders included; counted'),
});

export type OrdersFoundAnswer = z.infer<typeof ordersFoundAnswer>;
export type BlockedCustomer = z.infer<typeof blockedCustomer>;
export type BlockedAnswer = z.infer<typeof blockedAnswer>;
export type CustomerAnswer = z.infer<typeof customerAnswer>;
export type ConversionAnswer = z.infer<typeof conversionAnswer>;
