import type { OperatorAction, OperatorActionName } from '@flipzon/protocol/operator.ts';
import { actionOfTerms } from '../operator/operator-actions.ts';
import { isoInstant } from '../sale/sale.ts';
import type { ActionFilter, OperatorLog } from '../sale/store-ports.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';
import type { OperatorActionDoc } from './operator-action-model.ts';
import { newestFirst, pageOf } from './page-by-time.ts';
import { productOf } from './priced-doc.ts';
import type { SaleDoc, SaleRevisionDoc } from './sale-models.ts';
import { termsOf } from './sale-terms.ts';

/** The revisions of the sales are one half of the log: each revision contains who changed the terms. */
export function createOperatorLog({ Sale, SaleRevision, OperatorAction }: Models): OperatorLog {
  const withBefore = async (docs: readonly SaleRevisionDoc[]): Promise<OperatorAction[]> => {
    const ids = docs.filter((doc) => doc.revision > 1).map((doc) => `${doc.saleId}:${doc.revision - 1}`);
    const earlier = await SaleRevision.find({ _id: { $in: ids } }).lean<SaleRevisionDoc[]>();
    const byId = new Map([...docs, ...earlier].map((doc) => [doc._id, doc]));
    const begun = docs.filter((doc) => doc.revision === 1).map(({ saleId }) => saleId);
    const sales = begun.length === 0 ? [] : await Sale.find({ _id: { $in: begun } }).lean<SaleDoc[]>();
    const saleOf = new Map(sales.map((sale) => [sale._id, { ...sale, product: productOf(sale) }]));
    return docs.map((doc) => {
      const before = byId.get(`${doc.saleId}:${doc.revision - 1}`);
      return actionOfTerms({
        saleId: doc.saleId,
        action: doc.action as OperatorActionName,
        by: doc.by,
        at: doc.at.getTime(),
        sale: doc.revision === 1 ? saleOf.get(doc.saleId) : undefined,
        before: before === undefined ? null : termsOf(before),
        after: termsOf(doc),
      });
    });
  };

  return {
    async begin({ id, at, order = null, customer = null, ...entry }) {
      const doc = {
        ...{ ...entry, _id: id, orderId: order, customerId: customer },
        ...{ at: new Date(at), outcome: 'begun' },
      };
      // Begun before, perhaps by another operator: the first entry stays.
      await unlessThere(new OperatorAction(doc).save(durable));
    },
    async done(id) {
      await OperatorAction.updateOne({ _id: id }, { $set: { outcome: 'done' } }, { writeConcern: durable });
    },
    async begunCancellations(before, limit) {
      const docs = await OperatorAction.find({
        outcome: 'begun',
        action: 'cancel',
        at: { $lt: new Date(before) },
      })
        .sort({ at: 1 })
        .limit(limit)
        .lean<OperatorActionDoc[]>();
      return docs.flatMap(({ orderId }) => orderId ?? []);
    },
    async page({ before, limit, ...wanted }) {
      const { filter, order } = newestFirst('at', before, conditionsOf(wanted));
      const [revisions, others] = await Promise.all([
        SaleRevision.find(filter)
          .sort(order)
          .limit(limit + 1)
          .lean<SaleRevisionDoc[]>(),
        OperatorAction.find(filter)
          .sort(order)
          .limit(limit + 1)
          .lean<OperatorActionDoc[]>(),
      ]);
      const both = [...revisions, ...others].sort(
        (a, b) => b.at.getTime() - a.at.getTime() || (a._id < b._id ? 1 : -1),
      );
      const { rows, next } = pageOf(both, limit, (row) => row.at);
      const terms = new Map(
        (await withBefore(rows.filter((row) => 'revision' in row))).map((action) => [action.id, action]),
      );
      return {
        actions: rows.map((row) =>
          'revision' in row ? (terms.get(row._id) as OperatorAction) : fromDoc(row),
        ),
        next,
      };
    },
    async termsSince(saleId, version, limit) {
      const docs = await SaleRevision.find({ saleId, revision: { $gt: version } })
        .sort({ revision: -1 })
        .limit(limit)
        .lean<SaleRevisionDoc[]>();
      return withBefore(docs.reverse());
    },
  };
}

/** Sales' revisions and other actions name these fields alike. */
function conditionsOf({ saleId, by, action, from, until }: ActionFilter): object {
  const at = {
    ...(from === undefined ? {} : { $gte: new Date(from) }),
    ...(until === undefined ? {} : { $lt: new Date(until) }),
  };
  return {
    ...(saleId === undefined ? {} : { saleId }),
    ...(by === undefined ? {} : { by }),
    ...(action === undefined ? {} : { action }),
    ...(Object.keys(at).length === 0 ? {} : { at }),
  };
}

function fromDoc({
  _id: id,
  orderId,
  customerId = null,
  action,
  at,
  ...doc
}: OperatorActionDoc): OperatorAction {
  return {
    id,
    saleId: doc.saleId,
    version: null,
    action: action as OperatorActionName,
    by: doc.by,
    at: isoInstant(at.getTime()),
    reason: doc.reason,
    order: orderId,
    customer: customerId,
    changes: doc.changes.map(({ field, before, after }) => ({ field, before, after })),
    outcome: doc.outcome,
  };
}
