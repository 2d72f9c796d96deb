import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const folder = new URL('./static/', import.meta.resolve('@fastify/swagger-ui'));
/** The large files: read from disk piece by piece, one of them would cost more than twenty buys. */
const types: Readonly<Record<string, string>> = {
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui-standalone-preset.js': 'text/javascript; charset=utf-8',
  'swagger-ui.css': 'text/css; charset=utf-8',
};
const under = /^\/docs\/static\/([\w.-]+)$/;

type Sends = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** The files of the page that shows the API, each read and compressed once. Null: the request is for another file. */
export function createDocsFiles(): (request: FastifyRequest) => Sends | null {
  const files = new Map<string, Promise<{ plain: Buffer; zipped: Buffer }>>();
  const load = async (name: string) => {
    const plain = await readFile(new URL(name, folder));
    return { plain, zipped: await promisify(gzip)(plain) };
  };
  return ({ url }) => {
    const name = under.exec(url.split('?', 1)[0] as string)?.[1] ?? '';
    const type = types[name];
    if (type === undefined) return null;
    return async (request, reply) => {
      const file = files.get(name) ?? load(name);
      files.set(name, file);
      const { plain, zipped } = await file;
      const zips = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(request.headers['accept-encoding'] ?? '');
      if (zips) reply.header('content-encoding', 'gzip');
      reply.header('vary', 'accept-encoding').header('cache-control', 'public, max-age=3600');
      return reply.type(type).send(zips ? zipped : plain);
    };
  };
}
