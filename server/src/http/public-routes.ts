import {
  customerIdLengthMax,
  loginAnswer,
  loginBody,
  ordersAnswer,
  statusAnswer,
} from '@flipzon/protocol/schemas.ts';
import { bodyBytesOf } from '@flipzon/protocol/text.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { CustomerOrders } from '../sale/orders-of-customer.ts';
import type { Role } from '../sale/ports.ts';
import { isoInstant } from '../sale/sale.ts';
import { customerOf, type RequireRole } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, refusedWith } from './routes.ts';

export type Login = (who: {
  customerId: string;
  role: Role;
}) => Promise<{ token: string; expiresAt: number }>;

interface Dependencies {
  current: CurrentSale;
  customerOrders: CustomerOrders;
  requireRole: RequireRole;
  /** Null: no demo, tokens come from somewhere else. */
  login: Login | null;
}

export function publicRoutes(
  app: HttpApp,
  { current, customerOrders, requireRole, login }: Dependencies,
): void {
  app.get(
    '/status',
    {
      schema: {
        tags: ['public'],
        summary: 'The sale as this node knows it, from memory',
        response: { 200: statusAnswer, ...refusedWith(404) },
      },
    },
    async (_request, reply) => {
      const sale = current.view();
      if (sale === null) return sendProblem(reply, 'no_sale', undefined);
      const { product, quantity, remaining, serverTime } = sale;
      reply.header('cache-control', 'no-store');
      return reply.send({ sale, product: { ...product, quantity }, remaining, serverTime });
    },
  );

  app.get(
    '/orders/me',
    {
      onRequest: requireRole('customer'),
      schema: {
        tags: ['shopper'],
        summary: 'The customer’s orders over all sales, newest first',
        security: bearer,
        response: { 200: ordersAnswer, ...refusedWith(401, 403, 503) },
      },
    },
    async (request, reply) => reply.send(await customerOrders.all(customerOf(request))),
  );

  if (login === null) return;
  app.post(
    '/login',
    {
      bodyLimit: bodyBytesOf(customerIdLengthMax),
      schema: {
        tags: ['demo'],
        summary: 'A token for whoever asks; only for trying things out',
        body: loginBody,
        response: { 200: loginAnswer, ...refusedWith(400, 413, 415) },
      },
    },
    async (request, reply) => {
      const { token, expiresAt } = await login(request.body);
      reply.header('cache-control', 'no-store');
      return reply.send({ token, expiresAt: isoInstant(expiresAt) });
    },
  );
}
