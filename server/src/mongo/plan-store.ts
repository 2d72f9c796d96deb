import { perCustomerMax, quantityMax } from '@flipzon/protocol/schemas.ts';
import { type Connection, type Model, Schema } from 'mongoose';
import type { SalePlan } from '../sale/plans.ts';
import type { PlanStore } from '../sale/store-ports.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';

/** `_id` is the id of the sale that it becomes. */
interface SalePlanDoc {
  _id: string;
  name: string;
  price: number;
  quantity: number;
  perCustomer: number;
  simulated: boolean;
  startsAt: Date;
  endsAt: Date | null;
  createdAt: Date;
  createdBy: string;
}

export interface PlanModels {
  SalePlan: Model<SalePlanDoc>;
}

const text = { type: String, required: true } as const;
const whole = { type: Number, required: true, validate: Number.isSafeInteger } as const;
const moment = { type: Date, required: true } as const;

const planSchema = new Schema<SalePlanDoc>(
  {
    _id: text,
    name: text,
    price: { ...whole, min: 0 },
    quantity: { ...whole, min: 1, max: quantityMax },
    perCustomer: { ...whole, min: 1, max: perCustomerMax },
    simulated: { type: Boolean, required: true },
    startsAt: moment,
    endsAt: { type: Date, default: null },
    createdAt: moment,
    createdBy: text,
  },
  { strict: true, strictQuery: true, versionKey: false, collection: 'saleplans' },
);

export function planModels(connection: Connection): PlanModels {
  return { SalePlan: connection.model<SalePlanDoc>('SalePlan', planSchema) };
}

export function createPlanStore({ SalePlan, Sale }: Pick<Models, 'SalePlan' | 'Sale'>): PlanStore {
  return {
    async add({ id, product, startsAt, endsAt, createdAt, ...plan }) {
      await new SalePlan({
        ...plan,
        ...product,
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
    async remove(id) {
      await SalePlan.deleteOne({ _id: id }, { writeConcern: durable });
    },
  };
}

function fromDoc(doc: SalePlanDoc): SalePlan {
  const { name, price, quantity, perCustomer, simulated, createdBy } = doc;
  return {
    id: doc._id,
    product: { name, price },
    ...{ quantity, perCustomer, simulated, createdBy },
    startsAt: doc.startsAt.getTime(),
    endsAt: doc.endsAt?.getTime() ?? null,
    createdAt: doc.createdAt.getTime(),
  };
}
