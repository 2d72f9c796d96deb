import type { TallyRecord, TallyStore } from '../seal/buy-tally.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';

export function createTallyStore({ BuyTally }: Pick<Models, 'BuyTally'>): TallyStore {
  return {
    async write(record) {
      const _id = `${record.saleId}:${record.nodeId}`;
      const doc = { _id, ...record, at: new Date() };
      await BuyTally.replaceOne({ _id }, doc, { upsert: true, writeConcern: durable });
    },
    async ofSale(saleId) {
      return BuyTally.find({ saleId }).lean<TallyRecord[]>();
    },
  };
}
