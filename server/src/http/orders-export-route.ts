import { Readable } from 'node:stream';
import { priceText } from '@flipzon/protocol/money.ts';
import { ordersPageAnswer, ordersPageMax } from '@flipzon/protocol/operator.ts';
import type { Order } from '@flipzon/protocol/schemas.ts';
import { saleId } from '@flipzon/protocol/schemas.ts';
import { z } from 'zod';
import type { HoldRecord } from '../sale/hold.ts';
import { type StoredOrder, storedOrder } from '../sale/order.ts';
import { isoInstant } from '../sale/sale.ts';
import type { HoldStore, OrderStore, SaleStore } from '../sale/store-ports.ts';
import type { RequireRole } from './authenticate.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { sendProblem } from './problems.ts';
import { bearer, cursor, type HttpApp, idParameter, refusedWith } from './routes.ts';

const ordersPageUsual = 100;

/** New columns come last: readers of earlier exports find the others where they were. */
const columns = [
  'id',
  'unit',
  'customerId',
  'price',
  'status',
  'claimedAt',
  'confirmedAt',
  'currency',
  'priceMinor',
  'number',
  'variant',
] as const;
/** Only in sales that require payment. */
const paymentColumns = ['payBy', 'paidAt', 'paymentReference'] as const;
/** Orders whose payments are read together. */
const paidTogetherMax = 500;

interface Dependencies {
  orders: OrderStore;
  holds: Pick<HoldStore, 'ofClaims'>;
  sales: SaleStore;
  requireRole: RequireRole;
}

export function ordersExportRoute(app: HttpApp, { orders, holds, sales, requireRole }: Dependencies): void {
  app.get(
    '/sales/:id/orders',
    {
      onRequest: requireRole('viewer'),
      schema: {
        tags: ['operator'],
        summary:
          'All orders of a sale, streamed (CSV in UTF-8 with a byte order mark); with limit, search or after: a page of them, by unit',
        security: bearer,
        params: idParameter(saleId),
        querystring: z.strictObject({
          format: z.enum(['csv', 'json']).default('json'),
          search: z
            .string()
            .trim()
            .min(1)
            .max(200)
            .optional()
            .describe('unit, order number, order id or customer'),
          after: cursor.optional(),
          limit: z.coerce.number().int().min(1).max(ordersPageMax).optional(),
        }),
        response: {
          200: {
            description: 'The orders',
            content: {
              'application/json': { schema: ordersPageAnswer },
              'text/csv': { schema: z.string() },
            },
          },
          ...refusedWith(400, 401, 403, 404, 503),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const sale = await sales.byId(id);
      if (sale === null) return sendProblem(reply, 'not_found', 'Sale not found. Check its id.');
      const { search, after, limit } = request.query;
      if (search !== undefined || after !== undefined || limit !== undefined) {
        if (request.query.format === 'csv')
          return sendProblem(
            reply,
            'invalid_request',
            'A CSV export always holds all orders. Leave out search, after and limit.',
          );
        const page = await orders.page({ saleId: id, search, after, limit: limit ?? ordersPageUsual });
        return reply.send({ orders: page.orders.map(storedOrder), next: page.next });
      }
      const csv = request.query.format === 'csv';
      if (csv) reply.header('content-disposition', `attachment; filename="orders-${id}.csv"`);
      reply.type(csv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8');
      const source = orders.ofSale(id);
      const paid = sale.terms.payment === undefined ? null : holds;
      const text = csv ? csvLines(source, paid) : jsonText(source);
      // A stream is sent directly, without the response schema.
      return reply.send(Readable.from(text) as unknown as { orders: Order[] });
    },
  );
}

/** `holds`: null in a sale without payment. */
async function* csvLines(
  source: ReturnType<OrderStore['ofSale']>,
  holds: Dependencies['holds'] | null,
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(holds === null ? columns : [...columns, ...paymentColumns]);
  if (holds === null) {
    for await (const stored of source) yield csvLine(orderCells(stored));
    return;
  }
  let page: StoredOrder[] = [];
  for await (const stored of source) {
    page.push(stored);
    if (page.length < paidTogetherMax) continue;
    yield* await paidLines(page, holds);
    page = [];
  }
  yield* await paidLines(page, holds);
}

async function paidLines(page: readonly StoredOrder[], holds: Dependencies['holds']): Promise<string[]> {
  const records = await holds.ofClaims(page);
  return page.map((order, index) => csvLine([...orderCells(order), ...paymentCells(records[index] ?? null)]));
}

function orderCells(stored: StoredOrder): (string | number | null)[] {
  const row = { ...storedOrder(stored), price: priceText(stored.price) };
  return columns.map((column) => row[column] ?? null);
}

function paymentCells(record: HoldRecord | null): (string | null)[] {
  if (record === null) return paymentColumns.map(() => null);
  const { hold, end } = record;
  const paidAt = end?.outcome === 'paid' ? isoInstant(end.at) : null;
  return [isoInstant(hold.payBy), paidAt, end?.payment?.reference ?? null];
}

async function* jsonText(source: ReturnType<OrderStore['ofSale']>): AsyncGenerator<string> {
  yield '{"orders":[';
  let first = true;
  for await (const stored of source) {
    yield `${first ? '' : ','}${JSON.stringify(storedOrder(stored))}`;
    first = false;
  }
  yield ']}';
}
