import type { IncomingMessage, ServerResponse } from 'node:http';
import { altLengthMax, descriptionLengthMax, imagesMax, nameLengthMax } from '@flipzon/protocol/product.ts';
import { reasonLengthMax } from '@flipzon/protocol/sale-terms.ts';
import { problem } from '@flipzon/protocol/schemas.ts';
import { bodyBytesOf } from '@flipzon/protocol/text.ts';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

export type HttpApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse<IncomingMessage>,
  FastifyBaseLogger,
  ZodTypeProvider
>;

const problemContent = { content: { 'application/problem+json': { schema: problem } } };

/** Response schemas of the refusals that a route can give, for the documents. Every route can answer 429. */
export function refusedWith<const Status extends number>(...statuses: Status[]) {
  return Object.fromEntries(
    [...new Set([...statuses, 429])].map((status) => [status, { description: 'Refused', ...problemContent }]),
  ) as Record<Status | 429, typeof problemContent & { description: string }>;
}

export const bearer = [{ bearer: [] }, { userToken: [] }];
/** For routes that machines use. */
export const apiKeyOrBearer = [{ apiKey: [] }, ...bearer];
export const idParameter = <Schema extends z.ZodType>(schema: Schema) => z.object({ id: schema });

/** Limit of a body in which an operator gives a name or a reason; the reason is the longer one. */
export const operatorBytesMax = bodyBytesOf(reasonLengthMax);

/** Limit of a body that describes a product, with its texts and images. */
export const saleBytesMax =
  bodyBytesOf(nameLengthMax + descriptionLengthMax + imagesMax * altLengthMax) + imagesMax * 100;

/** Where a page of a list begins: the `next` of the page before it. */
export const cursor = z.string().min(1).max(400);
export const limitUpTo = (max: number, usual: number) =>
  z.coerce.number().int().min(1).max(max).default(usual);
