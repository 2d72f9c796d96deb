import { moneyOf, priced } from '@flipzon/protocol/money.ts';
import { firstTerms, type SaleRecord } from '../sale/sale.ts';
import type { RevisionEntry, SaleStore } from '../sale/store-ports.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { Models } from './models.ts';
import { offerIn } from './offer-fields.ts';
import type { SaleSuccessionDoc } from './sale-models.ts';
import { revisionOf } from './sale-terms.ts';

type CreateModels = Pick<Models, 'Product' | 'Sale' | 'SaleRevision' | 'SaleSuccession'>;

/** Of several starts at the same moment, one creates its sale; the others complete that one. */
export async function createSale(
  models: CreateModels,
  sale: SaleRecord,
  by: string,
  replacedId: string | null,
): ReturnType<SaleStore['create']> {
  const { SaleSuccession } = models;
  const succession = successionOf(sale, by, replacedId);
  const won = await unlessThere(new SaleSuccession(succession).save(durable));
  // Where the place is free, the id is what is taken.
  const taken = won
    ? succession
    : ((await SaleSuccession.findOne({ _id: succession._id }).lean<SaleSuccessionDoc>()) ??
      (await SaleSuccession.findOne({ saleId: sale.id }).lean<SaleSuccessionDoc>()));
  if (taken === null) throw new Error(`the successor of ${succession._id} is gone`);
  if (taken._id === droppedPlace(sale.id)) return 'dropped';
  await insertSale(models, taken);
  return won ? 'created' : 'exists';
}

/** Safe to repeat: a successor is made by the node that starts it, or by one that finds it unfinished. */
async function insertSale(
  { Product, Sale, SaleRevision }: CreateModels,
  from: SaleSuccessionDoc,
): Promise<void> {
  const { name } = from;
  // A node of the version before may have made the successor, so its fields are not copied as they are.
  const price = priced(moneyOf(from));
  const productId = name.toLowerCase();
  await Product.updateOne({ _id: productId }, { $set: { name, ...price } }, { upsert: true });
  const { saleId, quantity, perCustomer, simulated, createdAt, createdBy } = from;
  const first = firstTerms({
    ...{ quantity, ...offerIn(from) },
    startsAt: from.startsAt.getTime(),
    endsAt: from.endsAt?.getTime() ?? null,
  });
  const entry: RevisionEntry = { action: 'start', by: createdBy, at: createdAt.getTime() };
  await unlessThere(new SaleRevision(revisionOf(saleId, first, entry)).save(durable));
  const { takesOverAt = null } = from;
  const doc = {
    ...{ _id: saleId, productId, name, ...price, perCustomer, simulated },
    ...{ createdAt, createdBy, takesOverAt },
  };
  await unlessThere(new Sale(doc).save(durable));
}

/** A dropped plan takes its sale's id here, as a sale does that replaces another one. */
export function droppedPlace(planId: string): string {
  return `dropped:${planId}`;
}

export function successionOf(sale: SaleRecord, by: string, replacedId: string | null): SaleSuccessionDoc {
  const { product, terms, perCustomer, simulated } = sale;
  const { name, price } = product;
  return {
    _id: replacedId ?? 'first',
    saleId: sale.id,
    ...{ name, ...priced(price), perCustomer, simulated, quantity: terms.quantity },
    startsAt: new Date(terms.startsAt),
    endsAt: terms.endsAt === null ? null : new Date(terms.endsAt),
    createdAt: new Date(sale.createdAt),
    createdBy: by,
    takesOverAt: sale.takesOverAt == null ? null : new Date(sale.takesOverAt),
    ...offerIn(terms),
  };
}
