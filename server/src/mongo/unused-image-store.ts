import { imageFormats } from '@flipzon/protocol/product.ts';
import type { UnusedImageStore } from '../product/image-sweep.ts';
import { droppedPlace } from './create-sale.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { ImageDoc, ImageRemovalDoc } from './image-models.ts';
import { nameOf } from './image-store.ts';
import type { Models } from './models.ts';
import type { OfferDoc } from './offer-fields.ts';
import type { SalePlanDoc } from './plan-models.ts';
import type { SaleRevisionDoc, SaleSuccessionDoc } from './sale-models.ts';
import { newestOfEach } from './sale-terms.ts';

type SweptModels = Pick<
  Models,
  'Image' | 'ImageFile' | 'ImageRemoval' | 'SalePlan' | 'SaleRevision' | 'SaleSuccession' | 'SettingsRevision'
>;

const written = { writeConcern: durable };
const described = { details: { $exists: true } };
const imagesIn = ({ details }: Pick<OfferDoc, 'details'>) => (details?.images ?? []).map(({ id }) => id);

export function createUnusedImageStore(models: SweptModels): UnusedImageStore {
  const { Image, ImageFile, ImageRemoval } = models;
  return {
    async all() {
      const docs = await Image.find({}, { createdAt: 1, uploadedAt: 1 }).lean<ImageDoc[]>();
      return docs.map((doc) => ({ id: doc._id, uploadedAt: uploadedAt(doc) }));
    },
    async uploadedAt(id) {
      const doc = await Image.findOne({ _id: id }).lean<ImageDoc>();
      return doc && uploadedAt(doc);
    },
    async used() {
      return new Set([...(await inSales(models)), ...(await inPlans(models)), ...(await inSettings(models))]);
    },
    async removals() {
      const docs = await ImageRemoval.find().lean<ImageRemovalDoc[]>();
      return docs.map(({ _id: id, at }) => ({ id, at: at.getTime() }));
    },
    async decide({ id, at }) {
      const image = await Image.findOne({ _id: id }).lean<ImageDoc>();
      if (image === null) return;
      const removal = { _id: id, at: new Date(at), widths: image.widths };
      await unlessThere(new ImageRemoval(removal).save(durable));
    },
    async takeBack(id) {
      await ImageRemoval.deleteOne({ _id: id }, written);
    },
    async remove(id) {
      const removal = await ImageRemoval.findOne({ _id: id }).lean<ImageRemovalDoc>();
      if (removal === null) return;
      await Image.deleteOne({ _id: id }, written);
      const files = removal.widths.flatMap((width) =>
        imageFormats.map((format) => nameOf(id, width, format)),
      );
      await ImageFile.deleteMany({ _id: { $in: files } }, written);
    },
  };
}

const uploadedAt = ({ createdAt, uploadedAt: again = createdAt }: ImageDoc) =>
  Math.max(createdAt.getTime(), again.getTime());

/** In the terms in force of every sale, also of one whose start was begun and not finished. */
async function inSales({ SaleRevision, SaleSuccession }: SweptModels): Promise<string[]> {
  const begun = await SaleSuccession.find(described, { saleId: 1, 'details.images': 1 }).lean<
    SaleSuccessionDoc[]
  >();
  const fields = { saleId: 1, revision: 1, 'details.images': 1 };
  const newest = newestOfEach(await SaleRevision.find(described, fields).lean<SaleRevisionDoc[]>());
  const unfinished = begun.filter(({ _id, saleId }) => !newest.has(saleId) && _id !== droppedPlace(saleId));
  return [...newest.values(), ...unfinished].flatMap(imagesIn);
}

async function inPlans({ SalePlan }: SweptModels): Promise<string[]> {
  return (await SalePlan.find(described, { 'details.images': 1 }).lean<SalePlanDoc[]>()).flatMap(imagesIn);
}

async function inSettings({ SettingsRevision }: SweptModels): Promise<string[]> {
  const newest = await SettingsRevision.findOne().sort({ _id: -1 }).lean();
  // Written by hand, any of it may be missing.
  const id = (newest?.settings as { logo?: { id?: unknown } | null } | undefined)?.logo?.id;
  return typeof id === 'string' ? [id] : [];
}
