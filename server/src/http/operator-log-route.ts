import { Readable } from 'node:stream';
import {
  type OperatorAction,
  type OperatorActionsAnswer,
  operatorActionName,
  operatorActionsAnswer,
  operatorActionsPageMax,
} from '@flipzon/protocol/operator.ts';
import { instant, saleId, storedCustomerId } from '@flipzon/protocol/schemas.ts';
import { z } from 'zod';
import type { ActionFilter, OperatorLog } from '../sale/store-ports.ts';
import type { RequireRole } from './authenticate.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { sendProblem } from './problems.ts';
import { bearer, cursor, type HttpApp, limitUpTo, refusedWith } from './routes.ts';

interface Dependencies {
  operatorLog: OperatorLog;
  requireRole: RequireRole;
}

const columns = [
  'at',
  'by',
  'action',
  'saleId',
  'order',
  'customer',
  'changes',
  'reason',
  'outcome',
  'id',
] as const;

export function operatorLogRoute(app: HttpApp, { operatorLog, requireRole }: Dependencies): void {
  app.get(
    '/operator/actions',
    {
      onRequest: requireRole('viewer'),
      schema: {
        tags: ['operator'],
        summary:
          'The audit log: who did what, and when, before and after; newest first, a page of it or all that match as CSV',
        security: bearer,
        querystring: z.strictObject({
          format: z.enum(['csv', 'json']).default('json'),
          saleId: saleId.optional(),
          by: storedCustomerId.optional().describe('the operator; `automatically` for the shop itself'),
          action: operatorActionName.optional(),
          from: instant.optional().describe('the actions from this instant on'),
          until: instant.optional().describe('the actions before this instant'),
          before: cursor.optional(),
          limit: limitUpTo(operatorActionsPageMax, 50),
        }),
        response: {
          200: {
            description: 'The actions',
            content: {
              'application/json': { schema: operatorActionsAnswer },
              'text/csv': { schema: z.string() },
            },
          },
          ...refusedWith(400, 401, 403, 503),
        },
      },
    },
    async (request, reply) => {
      const { format, before, limit, from, until, ...wanted } = request.query;
      const filter = { ...wanted, from: msOf(from), until: msOf(until) };
      if (format === 'json') return reply.send(await operatorLog.page({ ...filter, before, limit }));
      if (before !== undefined)
        return sendProblem(
          reply,
          'invalid_request',
          'A CSV export has all matching actions. Leave out before.',
        );
      // The first page is read before anything is sent, so that a database that does not answer still leads to a refusal.
      const first = await operatorLog.page({ ...filter, limit: operatorActionsPageMax });
      reply.header('content-disposition', 'attachment; filename="activity.csv"');
      reply.type('text/csv; charset=utf-8');
      // A stream is sent directly, without the response schema.
      return reply.send(
        Readable.from(csvLines(operatorLog, filter, first)) as unknown as OperatorActionsAnswer,
      );
    },
  );
}

const msOf = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));

/** One page in memory at a time, however long the log is. */
async function* csvLines(
  operatorLog: OperatorLog,
  filter: ActionFilter,
  first: OperatorActionsAnswer,
): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns);
  for (let page = first; ; ) {
    yield page.actions.map(csvOf).join('');
    if (page.next === null) return;
    page = await operatorLog.page({ ...filter, before: page.next, limit: operatorActionsPageMax });
  }
}

function csvOf(action: OperatorAction): string {
  const changes = action.changes.map(({ field, before, after }) => `${field}: ${before} → ${after}`);
  const row = { ...action, changes: changes.join('; ') };
  return csvLine(columns.map((column) => row[column]));
}
