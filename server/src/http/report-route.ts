import { saleReport } from '@flipzon/protocol/report-schemas.ts';
import { saleId } from '@flipzon/protocol/schemas.ts';
import type { ReadReport } from '../seal/report.ts';
import { sendProblem } from './problems.ts';
import { type HttpApp, idParameter, refusedWith } from './routes.ts';
import type { SendPage } from './shop-page.ts';
import { wantsPage } from './wants-page.ts';
import { json, writtenOnce } from './written-once.ts';

/** One address for people and machines: a browser that asks for a page gets the page, which asks again for the figures. */
export function reportRoute(pages: HttpApp, sendPage: SendPage | null, report: ReadReport): void {
  pages.get(
    '/sales/:id/report',
    {
      // An id that no sale can have is not an error for a browser: its visitor gets the page.
      attachValidation: true,
      schema: {
        tags: ['public'],
        summary:
          'How a sale went: buys, sales, refusals and their reasons, answer times, and the order of arrivals and claims',
        params: idParameter(saleId),
        response: { 200: saleReport, ...refusedWith(400, 404, 503) },
      },
    },
    async (request, reply) => {
      reply.header('vary', 'accept');
      const page = wantsPage(request) ? sendPage : null;
      if (request.validationError !== undefined) {
        if (page !== null) return page(request, reply.code(404));
        throw request.validationError;
      }
      // A browser gets the page even while the stores do not answer: the page retries.
      const reading = report(request.params.id);
      const answer = await (page === null ? reading : reading.catch(() => undefined));
      if (page !== null) return page(request, reply.code(answer === null ? 404 : 200));
      if (answer === null || answer === undefined)
        return sendProblem(reply, 'not_found', 'Sale not found. Check its id.');
      // Already serialized, so no schema is checked again.
      return reply
        .header('cache-control', 'no-cache')
        .type(json)
        .send(writtenOnce(answer) as never);
    },
  );
}
