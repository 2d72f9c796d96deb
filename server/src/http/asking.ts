import type { FastifyRequest } from 'fastify';
import type { Asking } from '../operator/outcome.ts';
import { customerOf } from './authenticate.ts';

/** Who asks, and which version of the sale they have seen; the schema has seen to the form of the header. */
export function askingOf(request: FastifyRequest): Asking {
  const match = /^"(?:(.+):)?(\d+)"$/.exec(String(request.headers['if-match'] ?? ''));
  const seen = match === null ? null : { saleId: match[1], version: Number(match[2]) };
  return { by: customerOf(request), seen };
}
