import type { Sale } from '@flipzon/protocol/schemas.ts';
import { z } from 'zod';
import { createKeptReads } from '../shared/kept-reads.ts';
import type { FirstViews } from './first-view.ts';
import type { HttpApp } from './routes.ts';
import type { SendPage, SendPreview } from './shop-page.ts';

interface Dependencies {
  /** Null if the page is not built. */
  sendPage: SendPage | null;
  sendPreview: SendPreview | null;
  views: Pick<FirstViews, 'of'> | null;
  preview: (key: string) => Promise<Sale | null>;
}

/** A planned sale or a draft as shoppers will see it, for those who have its address. Nothing can be bought on it. */
export function previewRoute(pages: HttpApp, { sendPage, sendPreview, views, preview }: Dependencies): void {
  const read = createKeptReads<Sale | null>({ keptMs: 1_000, keptMax: 100, atOnceMax: 4 });
  pages.get(
    '/preview/:key',
    { schema: { hide: true, params: z.object({ key: z.string() }) } },
    async (request, reply) => {
      const { key } = request.params;
      const sale = /^[\w-]{22}$/.test(key) ? await read(key, () => preview(key)) : null;
      const view = sale === null ? null : (views?.of(sale, request.headers['accept-language']) ?? null);
      if (view !== null && sendPreview !== null) return sendPreview(request, reply, view);
      return sendPage === null ? reply.callNotFound() : sendPage(request, reply.code(404));
    },
  );
}
