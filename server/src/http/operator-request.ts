import type { FastifyRequest } from 'fastify';
import type { OperatorRequest } from '../operator/outcome.ts';
import { customerOf } from './authenticate.ts';

/** The operator, and the version of the sale that they have seen; the schema has already checked the header. */
export function operatorRequestOf(request: FastifyRequest): OperatorRequest {
  const match = /^"(?:(.+):)?(\d+)"$/.exec(String(request.headers['if-match'] ?? ''));
  const expectedVersion = match === null ? null : { saleId: match[1], version: Number(match[2]) };
  return { by: customerOf(request), expectedVersion };
}
