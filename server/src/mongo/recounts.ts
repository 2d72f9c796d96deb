import type { Recounts } from '../sale/store-ports.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';

/** Further ones begin once some of these are done. */
const dueMax = 20;

export function createRecounts({ Recount }: Pick<Models, 'Recount'>): Recounts {
  return {
    async plan({ saleId, epoch }, by) {
      const doc = { _id: `${saleId}:${epoch}`, saleId, after: '', by, at: new Date() };
      await unlessThere(new Recount(doc).save(durable));
    },
    async due() {
      const docs = await Recount.find({}).limit(dueMax).lean();
      return docs.map(({ _id, saleId, after, by, at }) => ({ id: _id, saleId, after, by, at: at.getTime() }));
    },
    async isDue(saleId) {
      return (await Recount.findOne({ saleId }, { _id: 1 }).lean()) !== null;
    },
    async cameTo(id, after, by) {
      await Recount.updateOne(
        { _id: id },
        { $set: { after, by, at: new Date() } },
        { writeConcern: durable },
      );
    },
    async done(id) {
      await Recount.deleteOne({ _id: id }, { writeConcern: durable });
    },
  };
}
