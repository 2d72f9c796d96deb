import {
  type ImageFormat,
  imageAnswer,
  imageBytesMax,
  imageFile,
  imageId,
  imageTypes,
} from '@flipzon/protocol/product.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RequestRate } from '../limits/request-rate.ts';
import type { Images } from '../product/images.ts';
import { customerOf, type RequireRole, withinRate } from './authenticate.ts';
import { isUnchanged } from './is-unchanged.ts';
import { sendProblem } from './problems.ts';
import { bearer, type HttpApp, refusedWith } from './routes.ts';

/** Uploads that a node takes at once, each with its whole file in memory. */
const uploadsMax = 3;
const uploadRetryMs = 3_000;

/** Not JSON: its bytes are looked at when it is drawn. */
const fileBody = z.any().meta({ type: 'string', format: 'binary' });

interface Dependencies {
  images: Images;
  requireRole: RequireRole;
  /** Of uploads, by operator. */
  rate: RequestRate;
}

/** Pictures of products. */
export function imageRoutes(app: HttpApp, deps: Dependencies): void {
  uploadRoute(app, deps);
  fileRoute(app, deps);
}

function uploadRoute(app: HttpApp, { images, requireRole, rate }: Dependencies): void {
  let uploads = 0;
  /** Before the body is read: what waits here takes no memory. */
  const takePlace = (_request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    if (uploads >= uploadsMax)
      return void sendProblem(reply.header('connection', 'close'), 'unavailable', undefined, {
        retryAfterMs: uploadRetryMs,
      });
    uploads++;
    reply.raw.once('close', () => uploads--);
    done();
  };

  // In a scope of their own: other routes take JSON only.
  app.register((uploading: HttpApp, _options, done) => {
    uploading.removeAllContentTypeParsers();
    uploading.addContentTypeParser([...imageTypes], { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    uploading.post(
      '/images',
      {
        onRequest: [requireRole('operator'), takePlace],
        preHandler: withinRate(rate),
        bodyLimit: imageBytesMax,
        schema: {
          tags: ['operator'],
          summary: 'An image of a product: the body is the file, a JPEG, PNG, WebP or AVIF of at most 10 MB',
          security: bearer,
          consumes: [...imageTypes],
          body: fileBody,
          response: {
            200: imageAnswer.describe('This file was uploaded before'),
            201: imageAnswer,
            ...refusedWith(400, 401, 403, 408, 409, 413, 415, 503),
          },
        },
      },
      async (request, reply) => {
        const file = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const outcome = await images.add(file, customerOf(request));
        if (!outcome.ok) {
          const more = outcome.code === 'unavailable' ? { retryAfterMs: uploadRetryMs } : {};
          return sendProblem(reply, outcome.code, outcome.message, more);
        }
        return reply.code(outcome.isNew ? 201 : 200).send({ image: outcome.image });
      },
    );
    done();
  });
}

function fileRoute(app: HttpApp, { images }: Pick<Dependencies, 'images'>): void {
  app.get(
    '/images/:id/:file',
    {
      schema: {
        tags: ['public'],
        summary: 'An image in one of its widths, as WIDTH.webp or WIDTH.jpeg; it never changes',
        params: z.object({ id: imageId, file: imageFile }),
        response: {
          200: {
            description: 'The image',
            content: {
              'image/webp': { schema: z.string() },
              'image/jpeg': { schema: z.string() },
            },
          },
          304: z.undefined().describe('Unchanged since this ETag'),
          ...refusedWith(400, 404, 503),
        },
      },
    },
    async (request, reply) => {
      const { id, file } = request.params;
      const [width = '', format] = file.split('.') as [string, ImageFormat];
      const etag = `"${id}-${file}"`;
      const bytes = await images.file(id, Number(width), format);
      if (bytes === null) return sendProblem(reply, 'not_found', 'Image not found. Check its address.');
      reply.header('cache-control', 'public, max-age=31536000, immutable').header('etag', etag);
      if (isUnchanged(request, etag)) return reply.code(304).send(undefined as never);
      return reply.type(`image/${format}`).send(bytes as never);
    },
  );
}
