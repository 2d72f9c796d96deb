import type { Seal, SealStore } from '../seal/seal.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import { saleKey } from './kept-key.ts';
import type { Models } from './models.ts';
import type { SealDoc } from './seal-models.ts';
import { claimsInOrder } from './sealed-claims.ts';

const versionsMax = 100;
const salesMax = 20;

export function createSealStore(models: Models): SealStore {
  const { Sale, Seal, SealChunk } = models;
  return {
    key: (saleId) => saleKey(models, saleId),
    claimsInOrder: (saleId, withHolds) => claimsInOrder(models, saleId, withHolds),
    async addChunk({ saleId, index, root, leaves }) {
      const doc = { _id: `${saleId}:${index}:${root}`, leaves: [...leaves] };
      await unlessThere(new SealChunk(doc).save(durable));
    },
    async chunk(saleId, index, root) {
      const doc = await SealChunk.findOne({ _id: `${saleId}:${index}:${root}` }).lean();
      return doc && { saleId, index, root, leaves: doc.leaves };
    },
    async insert(seal) {
      const { chunks, windows, figures, sealedAt, ...others } = seal;
      const { confirmedOf, ...counted } = figures;
      const doc = {
        _id: `${seal.saleId}:${seal.version}`,
        ...others,
        figures: { ...counted, ...(confirmedOf && { confirmedOf: [...confirmedOf] }) },
        chunks: [...chunks],
        ...(windows && { windows: [...windows] }),
        sealedAt: new Date(sealedAt),
      };
      return (await unlessThere(new Seal(doc).save(durable))) ? 'inserted' : 'conflict';
    },
    async newest(saleId) {
      const doc = await Seal.findOne({ saleId }).sort({ version: -1 }).lean<SealDoc>();
      return doc && fromDoc(doc);
    },
    async byVersion(saleId, version) {
      const doc = await Seal.findOne({ _id: `${saleId}:${version}` }).lean<SealDoc>();
      return doc && fromDoc(doc);
    },
    async versions(saleId) {
      const docs = await Seal.find({ saleId }, { chunks: 0 })
        .sort({ version: -1 })
        .limit(versionsMax)
        .lean<SealDoc[]>();
      return docs.map(({ version, root, size, sealedAt }) => ({
        version,
        root,
        size,
        sealedAt: sealedAt.getTime(),
      }));
    },
    async unsealed() {
      const sales = await Sale.find({}, { _id: 1 }).sort({ createdAt: -1 }).limit(salesMax).lean();
      const ids = sales.map((sale) => sale._id);
      const sealed: string[] = await Seal.distinct('saleId', { saleId: { $in: ids } });
      return ids.filter((id) => !sealed.includes(id));
    },
  };
}

function fromDoc({ _id, sealedAt, ...others }: SealDoc): Seal {
  return { ...others, sealedAt: sealedAt.getTime() };
}
