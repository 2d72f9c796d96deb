import { priced } from '@flipzon/protocol/money.ts';
import { type SalePlan, saleOfPlan } from '../sale/sale-plan.ts';
import type { PlanStore } from '../sale/store-ports.ts';
import { droppedPlace, successionOf } from './create-sale.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';
import { offerIn } from './offer-fields.ts';
import type { SalePlanDoc } from './plan-models.ts';
import { productOf } from './priced-doc.ts';

type PlanStoreModels = Pick<Models, 'SalePlan' | 'Sale' | 'SaleSuccession'>;

export function createPlanStore({ SalePlan, Sale, SaleSuccession }: PlanStoreModels): PlanStore {
  const remove = async (id: string): Promise<void> => {
    await SalePlan.deleteOne({ _id: id }, { writeConcern: durable });
  };
  /** Without those that have become a sale: such a plan may be left when a node died in between. */
  const waiting = (docs: readonly SalePlanDoc[]) => withoutSales(Sale, docs);
  return {
    async add(plan) {
      await new SalePlan(toDoc(plan)).save(durable);
    },
    async replace(plan) {
      const { matchedCount } = await SalePlan.replaceOne({ _id: plan.id }, toDoc(plan), {
        writeConcern: durable,
      });
      return matchedCount > 0;
    },
    async byId(id) {
      const doc = await SalePlan.findOne({ _id: id }).lean<SalePlanDoc>();
      return doc && fromDoc(doc);
    },
    async byPreviewKey(previewKey) {
      const docs = await SalePlan.find({ previewKey }).lean<SalePlanDoc[]>();
      return (await waiting(docs))[0] ?? null;
    },
    async all() {
      const docs = await SalePlan.find({}).sort({ startsAt: 1 }).lean<SalePlanDoc[]>();
      return waiting(docs.filter(({ draft }) => draft !== true));
    },
    async drafts() {
      return waiting(await SalePlan.find({ draft: true }).sort({ createdAt: -1 }).lean<SalePlanDoc[]>());
    },
    remove,
    async drop(plan) {
      const place = droppedPlace(plan.id);
      const succession = successionOf(saleOfPlan(plan), plan.createdBy, place);
      const dropped = await unlessThere(new SaleSuccession(succession).save(durable));
      if (!dropped && (await SaleSuccession.exists({ _id: place })) === null) return false;
      await remove(plan.id);
      return true;
    },
  };
}

async function withoutSales(Sale: Models['Sale'], docs: readonly SalePlanDoc[]): Promise<SalePlan[]> {
  if (docs.length === 0) return [];
  const become = await Sale.find({ _id: { $in: docs.map((doc) => doc._id) } }, { _id: 1 }).lean();
  const gone = new Set(become.map((doc) => doc._id));
  return docs.filter((doc) => !gone.has(doc._id)).map(fromDoc);
}

function toDoc({ id, product, startsAt, endsAt, createdAt, ...plan }: SalePlan): SalePlanDoc {
  const { name, price } = product;
  return {
    ...plan,
    ...{ _id: id, name, ...priced(price) },
    startsAt: new Date(startsAt),
    endsAt: endsAt === null ? null : new Date(endsAt),
    createdAt: new Date(createdAt),
  };
}

function fromDoc(doc: SalePlanDoc): SalePlan {
  const { quantity, perCustomer, simulated, createdBy, draft, previewKey } = doc;
  return {
    id: doc._id,
    product: productOf(doc),
    ...{ quantity, perCustomer, simulated, createdBy },
    ...offerIn(doc),
    ...(draft === undefined ? {} : { draft }),
    ...(previewKey === undefined ? {} : { previewKey }),
    startsAt: doc.startsAt.getTime(),
    endsAt: doc.endsAt?.getTime() ?? null,
    createdAt: doc.createdAt.getTime(),
  };
}
