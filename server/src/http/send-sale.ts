import type { FastifyReply } from 'fastify';
import type { SaleOutcome } from '../operator/outcome.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import { sendProblem } from './problems.ts';

/** The current sale, or why the change was refused; after a conflict, both. */
export function sendSale(
  reply: FastifyReply,
  current: CurrentSale,
  outcome: SaleOutcome,
  status: 200 | 201,
): FastifyReply {
  const sale = current.view();
  if (!outcome.ok) {
    const { code, message, changed } = outcome;
    return sendProblem(reply, code, message, changed === undefined ? {} : { changed, sale });
  }
  if (sale === null) throw new Error('a sale was changed, and is not known here');
  return reply.code(status).header('etag', `"${sale.id}:${sale.version}"`).send({ sale });
}
