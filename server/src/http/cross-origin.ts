import type { FastifyCorsOptions } from '@fastify/cors';

/** What pages of the origins that are listed may ask and read: all that the API has. Cookies are not among it, for there are none. */
export function crossOrigin(allowedOrigins: readonly string[]): FastifyCorsOptions {
  return {
    origin: [...allowedOrigins],
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: [
      'authorization',
      'user_authentication_token',
      'content-type',
      'idempotency-key',
      'challenge-pass',
      'if-match',
    ],
    exposedHeaders: ['etag', 'retry-after', 'content-disposition'],
    maxAge: 600,
  };
}
