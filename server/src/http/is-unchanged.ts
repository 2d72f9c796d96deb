import type { FastifyRequest } from 'fastify';

/** The client, or a cache on the way, has this version (RFC 9110, 13.1.2). A proxy that compresses an answer marks its ETag as weak. */
export function isUnchanged({ headers }: Pick<FastifyRequest, 'headers'>, etag: string): boolean {
  const known = headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known?.some((each) => each === etag || each === '*') === true;
}
