import { priced } from '@flipzon/protocol/money.ts';
import type { SalePlan } from '../sale/sale-plan.ts';
import type { PlanStore } from '../sale/store-ports.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';
import type { SalePlanDoc } from './plan-models.ts';
import { productOf } from './priced-doc.ts';
import { droppedPlace, successionOf } from './sale-store.ts';

type PlanStoreModels = Pick<Models, 'SalePlan' | 'Sale' | 'SaleSuccession'>;

export function createPlanStore({ SalePlan, Sale, SaleSuccession }: PlanStoreModels): PlanStore {
  const remove = async (id: string): Promise<void> => {
    await SalePlan.deleteOne({ _id: id }, { writeConcern: durable });
  };
  return {
    async add({ id, product: { name, price }, startsAt, endsAt, createdAt, ...plan }) {
      await new SalePlan({
        ...plan,
        name,
        ...priced(price),
        _id: id,
        startsAt: new Date(startsAt),
        endsAt: endsAt === null ? null : new Date(endsAt),
        createdAt: new Date(createdAt),
      }).save(durable);
    },
    async byId(id) {
      const doc = await SalePlan.findOne({ _id: id }).lean<SalePlanDoc>();
      return doc && fromDoc(doc);
    },
    async all() {
      const docs = await SalePlan.find({}).sort({ startsAt: 1 }).lean<SalePlanDoc[]>();
      // Of a plan that has become a sale, the plan may be left when a node died in between.
      const become = await Sale.find({ _id: { $in: docs.map((doc) => doc._id) } }, { _id: 1 }).lean();
      const gone = new Set(become.map((doc) => doc._id));
      return docs.filter((doc) => !gone.has(doc._id)).map(fromDoc);
    },
    remove,
    async drop({ quantity, startsAt, endsAt, ...plan }) {
      const terms = { revision: 1, quantity, startsAt, endsAt, paused: false, reason: null };
      const place = droppedPlace(plan.id);
      try {
        await new SaleSuccession(successionOf({ ...plan, terms }, plan.createdBy, place)).save(durable);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        if ((await SaleSuccession.exists({ _id: place })) === null) return false;
      }
      await remove(plan.id);
      return true;
    },
  };
}

function fromDoc(doc: SalePlanDoc): SalePlan {
  const { quantity, perCustomer, simulated, createdBy, details } = doc;
  return {
    id: doc._id,
    product: productOf(doc),
    ...{ quantity, perCustomer, simulated, createdBy },
    ...(details === undefined ? {} : { details }),
    startsAt: doc.startsAt.getTime(),
    endsAt: doc.endsAt?.getTime() ?? null,
    createdAt: doc.createdAt.getTime(),
  };
}
