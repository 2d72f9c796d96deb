import type { FastifyRequest } from 'fastify';

/** A browser that goes to an address asks for a page; programs, and the page's own requests, do not. */
export function wantsPage(request: FastifyRequest): boolean {
  const reads = request.method === 'GET' || request.method === 'HEAD';
  return reads && request.headers.accept?.includes('text/html') === true;
}
