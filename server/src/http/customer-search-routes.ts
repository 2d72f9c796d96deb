import {
  blockedAnswer,
  conversionAnswer,
  customerAnswer,
  customersPageMax,
  ordersFoundAnswer,
  searchLengthMax,
} from '@flipzon/protocol/customers.ts';
import { type Order, saleId, storedCustomerId } from '@flipzon/protocol/schemas.ts';
import type { RouteShorthandOptions } from 'fastify';
import { z } from 'zod';
import type { CustomerOrders } from '../buying/orders-of-customer.ts';
import type { RequestRate } from '../limits/request-rate.ts';
import type { BlockedCustomerRecord, BlockedList } from '../operator/blocking.ts';
import { storedOrder } from '../sale/order.ts';
import { isoInstant } from '../sale/sale.ts';
import type { OrderStore, SaleHistory, SaleStore } from '../sale/store-ports.ts';
import { type RequireRole, withinRate } from './authenticate.ts';
import { sendProblem } from './problems.ts';
import { bearer, cursor, type HttpApp, idParameter, limitUpTo, refusedWith } from './routes.ts';

interface Dependencies {
  orders: OrderStore;
  customerOrders: CustomerOrders;
  blockedList: BlockedList;
  history: SaleHistory;
  sales: SaleStore;
  pressedIn: (saleId: string) => Promise<number | null>;
  rate: RequestRate;
  requireRole: RequireRole;
}

const common = { tags: ['operator'], security: bearer };
const refusals = refusedWith(400, 401, 403, 503);
const limit = limitUpTo(customersPageMax, 50);

/** Finds customers and orders over all sales; every list is a page of bounded length. */
export function customerSearchRoutes(app: HttpApp, deps: Dependencies): void {
  const viewer = { onRequest: deps.requireRole('viewer'), preHandler: withinRate(deps.rate) };
  ordersRoute(app, deps, viewer);
  customerRoute(app, deps, viewer);
  blockedCustomersRoute(app, deps, viewer);
  conversionRoute(app, deps, viewer);
}

type Viewer = Pick<RouteShorthandOptions, 'onRequest' | 'preHandler'>;

function ordersRoute(app: HttpApp, { orders, history }: Dependencies, viewer: Viewer): void {
  app.get(
    '/operator/orders',
    {
      ...viewer,
      schema: {
        ...common,
        summary: 'Orders across all sales: by order number, order id, or the beginning of a customer’s id',
        querystring: z.strictObject({
          search: z.string().trim().min(1).max(searchLengthMax),
          after: cursor.optional(),
          limit,
        }),
        response: { 200: ordersFoundAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const page = await orders.search(request.query);
      const found = page.orders.map(storedOrder);
      return reply.send({ orders: found, sales: await namesOf(history, found), next: page.next });
    },
  );
}

function customerRoute(
  app: HttpApp,
  { customerOrders, blockedList, history }: Dependencies,
  viewer: Viewer,
): void {
  app.get(
    '/customers/:id',
    {
      ...viewer,
      schema: {
        ...common,
        summary: 'A customer: their orders across all sales, newest first, and whether they are blocked',
        params: idParameter(storedCustomerId),
        querystring: z.strictObject({ before: cursor.optional(), limit }),
        response: { 200: customerAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const [page, blocked] = await Promise.all([
        customerOrders.page(id, request.query),
        blockedList.byId(id),
      ]);
      return reply.send({
        customerId: id,
        ...page,
        blocked: blocked && shown(blocked),
        sales: await namesOf(history, page.orders),
      });
    },
  );
}

function blockedCustomersRoute(app: HttpApp, { blockedList }: Dependencies, viewer: Viewer): void {
  app.get(
    '/operator/blocked-customers',
    {
      ...viewer,
      schema: {
        ...common,
        summary: 'The blocked customers: since when, by whom and why; the last one blocked first',
        querystring: z.strictObject({ before: cursor.optional(), limit }),
        response: { 200: blockedAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { customers, next } = await blockedList.page(request.query);
      return reply.send({ customers: customers.map(shown), next });
    },
  );
}

function conversionRoute(app: HttpApp, { sales, orders, pressedIn }: Dependencies, viewer: Viewer): void {
  app.get(
    '/sales/:id/conversion',
    {
      ...viewer,
      schema: {
        ...common,
        summary: 'How many customers asked for a unit in that sale, and how many got one',
        params: idParameter(saleId),
        response: { 200: conversionAnswer, ...refusals, ...refusedWith(404) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if ((await sales.byId(id)) === null)
        return sendProblem(reply, 'not_found', 'Sale not found. Check its id.');
      const [estimate, bought] = await Promise.all([pressedIn(id), orders.customersIn(id)]);
      // A customer who bought has pressed, whatever the estimate says.
      return reply.send({ pressed: estimate === null ? null : Math.max(estimate, bought), bought });
    },
  );
}

function namesOf(history: SaleHistory, found: readonly Order[]) {
  return history.names(found.map((order) => order.saleId));
}

function shown({ at, ...customer }: BlockedCustomerRecord) {
  return { ...customer, at: isoInstant(at) };
}
