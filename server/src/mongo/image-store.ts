import type { ImageFormat } from '@flipzon/protocol/product.ts';
import type { ImageStore } from '../product/images.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { ImageDoc, ImageModels } from './image-models.ts';

/** `shown`: the same on connections that no order waits for. */
export function createImageStore({ Image, ImageFile }: ImageModels, shown: ImageModels): ImageStore {
  return {
    async byIds(ids) {
      const docs = await Image.find({ _id: { $in: ids } }).lean<ImageDoc[]>();
      return docs.map(({ _id, width, height, widths }) => ({ id: _id, width, height, widths }));
    },
    count: () => Image.estimatedDocumentCount(),
    async add({ id, width, height, widths, by, at }, files) {
      // Another node may be storing the same image: its files are the same.
      for (const { width: of, format, bytes } of files)
        await unlessThere(new ImageFile({ _id: nameOf(id, of, format), bytes }).save(durable));
      const made = { createdAt: new Date(at), createdBy: by };
      await unlessThere(new Image({ _id: id, width, height, widths, ...made }).save(durable));
    },
    async file(id, width, format) {
      const doc = await shown.ImageFile.findOne({ _id: nameOf(id, width, format) }).lean<{
        // The driver's own type: mongoose makes a Buffer of it only in its documents.
        bytes: { buffer: Uint8Array };
      }>();
      return doc && Buffer.from(doc.bytes.buffer);
    },
  };
}

function nameOf(id: string, width: number, format: ImageFormat): string {
  return `${id}/${width}.${format}`;
}
