import type { Role } from '@flipzon/protocol/identity.ts';
import { customerIdLengthMax, ordersAnswer, statusAnswer } from '@flipzon/protocol/schemas.ts';
import { loginAnswer, loginBody } from '@flipzon/protocol/session-schemas.ts';
import { bodyBytesOf } from '@flipzon/protocol/text.ts';
import type { CustomerOrders } from '../buying/orders-of-customer.ts';
import { createHostCheck, createOriginCheck } from '../limits/own-origin.ts';
import type { RequestRate } from '../limits/request-rate.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import { isoInstant } from '../sale/sale.ts';
import { customerOf, type RequireRole, withinRate } from './authenticate.ts';
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
  /** Rate of reading one's own orders. */
  rate: RequestRate;
  /** Null: no demo; tokens come from an identity provider. */
  login: Login | null;
  allowedOrigins: readonly string[];
}

export function publicRoutes(app: HttpApp, deps: Dependencies): void {
  statusRoute(app, deps.current);
  ownOrdersRoute(app, deps);
  if (deps.login !== null) loginRoute(app, deps.login, deps.allowedOrigins);
}

function statusRoute(app: HttpApp, current: CurrentSale): void {
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
      const { product, quantity, remaining, inCheckout, sold, variants, serverTime } = sale;
      reply.header('cache-control', 'no-store');
      return reply.send({
        ...{ sale, product: { ...product, quantity }, remaining },
        ...(inCheckout !== undefined && { inCheckout, sold }),
        ...(variants && { variants: variants.map(({ sku, remaining: left }) => ({ sku, remaining: left })) }),
        serverTime,
      });
    },
  );
}

function ownOrdersRoute(app: HttpApp, { customerOrders, requireRole, rate }: Dependencies): void {
  app.get(
    '/orders/me',
    {
      onRequest: requireRole('customer'),
      preHandler: withinRate(rate),
      schema: {
        tags: ['shopper'],
        summary: 'The customer’s orders over all sales, newest first',
        security: bearer,
        response: { 200: ordersAnswer, ...refusedWith(401, 403, 429, 503) },
      },
    },
    async (request, reply) => {
      return reply.send(await customerOrders.all(customerOf(request)));
    },
  );
}

function loginRoute(app: HttpApp, login: Login, allowedOrigins: readonly string[]): void {
  const isOwnHost = createHostCheck(allowedOrigins);
  const allowsOrigin = createOriginCheck(allowedOrigins);
  app.post(
    '/login',
    {
      bodyLimit: bodyBytesOf(customerIdLengthMax),
      schema: {
        tags: ['demo'],
        summary: 'A token for any customer id; only for trying things out',
        body: loginBody,
        response: { 200: loginAnswer, ...refusedWith(400, 403, 413, 415) },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { host, origin } = request.headers;
      if (!isOwnHost(host) || !allowsOrigin(origin, host))
        return sendProblem(
          reply,
          'forbidden',
          'The shop does not recognize this address as its own. Use another address of the shop, or add this one to ALLOWED_ORIGINS.',
        );
      const { token, expiresAt } = await login(request.body);
      return reply.send({ token, expiresAt: isoInstant(expiresAt) });
    },
  );
}
