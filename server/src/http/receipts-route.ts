import { ordersAnswer, receiptsBody } from '@flipzon/protocol/schemas.ts';
import type { CustomerOrders } from '../buying/orders-of-customer.ts';
import { ownReceipts } from '../buying/receipt.ts';
import type { RequestRate } from '../limits/request-rate.ts';
import type { Claim } from '../sale/order.ts';
import type { ReceiptKeys } from '../sale/ports.ts';
import { customerOf, type RequireRole, withinRate } from './authenticate.ts';
import { bearer, type HttpApp, refusedWith } from './routes.ts';

/** As many receipts as the schema takes, and no more. */
const receiptsBytesMax = 12_000;

interface Dependencies {
  customerOrders: CustomerOrders;
  requireRole: RequireRole;
  receiptKeys: ReceiptKeys;
  /** Restores a proven claim if Redis has forgotten it; never rejects. */
  redeemReceipt: (claim: Claim) => Promise<void>;
  rate: RequestRate;
}

/** Takes receipts, as the handshake of a socket does, for clients without a socket. */
export function receiptsRoute(
  app: HttpApp,
  { customerOrders, requireRole, receiptKeys, redeemReceipt, rate }: Dependencies,
): void {
  app.post(
    '/receipts',
    {
      bodyLimit: receiptsBytesMax,
      onRequest: requireRole('customer'),
      preHandler: withinRate(rate),
      schema: {
        tags: ['shopper'],
        summary: 'Presents receipts of claims; claims that Redis has lost are restored while there are units',
        security: bearer,
        body: receiptsBody,
        response: { 200: ordersAnswer, ...refusedWith(400, 401, 403, 413, 415, 429, 503) },
      },
    },
    async (request, reply) => {
      const customerId = customerOf(request);
      await Promise.all(ownReceipts(request.body.receipts, customerId, receiptKeys).map(redeemReceipt));
      return reply.send(await customerOrders.all(customerId));
    },
  );
}
