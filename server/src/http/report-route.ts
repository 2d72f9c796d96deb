import { saleReport } from '@flipzon/protocol/report-schemas.ts';
import { saleId } from '@flipzon/protocol/schemas.ts';
import type { ReadReport } from '../sale/report.ts';
import { sendProblem } from './problems.ts';
import { type HttpApp, idParameter, refusedWith } from './routes.ts';
import type { SendPage } from './shop-page.ts';
import { wantsPage } from './wants-page.ts';

/** One address for people and machines: a browser that asks for a page gets the page, which asks again for the figures. */
export function reportRoute(pages: HttpApp, sendPage: SendPage | null, report: ReadReport): void {
  pages.get(
    '/sales/:id/report',
    {
      schema: {
        tags: ['public'],
        summary: 'How a sale went: asked, sold, refused and why, how long answers took, and in which order',
        params: idParameter(saleId),
        response: { 200: saleReport, ...refusedWith(400, 404, 503) },
      },
    },
    async (request, reply) => {
      reply.header('vary', 'accept').header('cache-control', 'no-cache');
      if (sendPage !== null && wantsPage(request)) return sendPage(request, reply);
      const answer = await report(request.params.id);
      if (answer === null) return sendProblem(reply, 'not_found', 'There is no such sale.');
      return reply.send(answer);
    },
  );
}
