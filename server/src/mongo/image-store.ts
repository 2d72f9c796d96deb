import type { Image, ImageFormat } from '@flipzon/protocol/product.ts';
import type { ImageStore } from '../product/images.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { ImageDoc, ImageModels, ImageRemovalDoc } from './image-models.ts';

/** `shown`: the same on connections that no order waits for. */
export function createImageStore(models: ImageModels, shown: ImageModels): ImageStore {
  const { Image, ImageFile, ImageRemoval } = models;
  return {
    async byIds(ids) {
      const docs = await Image.find({ _id: { $in: ids } }).lean<ImageDoc[]>();
      const leaving = await ImageRemoval.find({ _id: { $in: [...ids] } }).lean<ImageRemovalDoc[]>();
      const gone = new Set(leaving.map(({ _id }) => _id));
      return docs.filter(({ _id }) => !gone.has(_id)).map(read);
    },
    count: () => Image.estimatedDocumentCount(),
    async again(id, now) {
      const isLeaving = async () => (await ImageRemoval.findOne({ _id: id }).lean()) !== null;
      if (await isLeaving()) return { image: null, isLeaving: true };
      await Image.updateOne({ _id: id }, { $set: { uploadedAt: new Date(now) } }, { writeConcern: durable });
      const doc = await Image.findOne({ _id: id }).lean<ImageDoc>();
      // Again: a sweep decides, and then looks for uploads.
      return { image: doc && read(doc), isLeaving: await isLeaving() };
    },
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

function read({ _id: id, width, height, widths }: ImageDoc): Image {
  return { id, width, height, widths };
}

export function nameOf(id: string, width: number, format: ImageFormat): string {
  return `${id}/${width}.${format}`;
}
