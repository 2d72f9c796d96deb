import type { FastifyReply } from 'fastify';
import { apiHeaders } from './page-security.ts';
import { sendProblem } from './problems.ts';
import type { HttpApp } from './routes.ts';
import { wantsPage } from './wants-page.ts';

/** Whoever mistyped an address in a browser gets the page, which says so; everybody else the problem. */
export function answerNotFound(
  pages: HttpApp,
  sendPage: ((reply: FastifyReply) => FastifyReply) | null,
): void {
  pages.setNotFoundHandler((request, reply) => {
    reply.header('vary', 'accept');
    if (sendPage !== null && wantsPage(request)) return sendPage(reply.code(404));
    for (const [name, value] of apiHeaders) reply.raw.setHeader(name, value);
    return sendProblem(reply, 'not_found', 'There is no such route.');
  });
}
