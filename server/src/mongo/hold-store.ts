import { priced } from '@flipzon/protocol/money.ts';
import { perCustomerMax } from '@flipzon/protocol/schemas.ts';
import type { mongo } from 'mongoose';
import {
  type Hold,
  type HoldEnd,
  type HoldRecord,
  holdId,
  keepsPlace,
  payByOf,
  placeOfClaim,
  triesMax,
} from '../sale/hold.ts';
import { type Claim, orderId } from '../sale/order.ts';
import type { PaymentTerms, SaleRecord } from '../sale/sale.ts';
import type { HoldInsertOutcome, HoldStore } from '../sale/store-ports.ts';
import { offerFor } from '../sale/variant.ts';
import { unlessThere } from './duplicate-key.ts';
import { durable } from './durable.ts';
import type { HoldDoc, HoldModels, HoldOutcomeDoc } from './hold-models.ts';
import { insertUnordered } from './insert-unordered.ts';
import { claimIn } from './order-doc.ts';

/** Rounds in which a batch of claims finds its tries; each round ends or advances every claim. */
const roundsMax = 2 * triesMax;
/** Holds whose ends are read together. */
const pageMax = 1_000;

const tries = Array.from({ length: triesMax }, (_, index) => index + 1);

type Place = Pick<Claim, 'saleId' | 'customerId' | 'slot'>;

interface Wanted {
  claim: Claim;
  tryNumber: number;
}

/**
 * Holds and their ends. Both are decided by inserts; `released` and `done` are set to the same value however often they are written, so a
 * lost update is made up for by the next attempt.
 */
export function createHoldStore({ Hold: Holds, HoldOutcome }: HoldModels): HoldStore {
  const collection = Holds.collection as unknown as mongo.Collection<HoldDoc>;

  const withEnds = async (docs: readonly HoldDoc[]): Promise<HoldRecord[]> => {
    if (docs.length === 0) return [];
    const ends = await HoldOutcome.find({ _id: { $in: docs.map(({ _id }) => _id) } }).lean<
      HoldOutcomeDoc[]
    >();
    const byId = new Map(ends.map((doc) => [doc._id, doc]));
    return docs.map((doc) => {
      const end = byId.get(doc._id);
      return { hold: toHold(doc), end: toEnd(end), ...(end && { isDone: end.done }) };
    });
  };

  /** All that the customer has had in these places of their share. */
  const inPlaces = async (places: readonly Place[]): Promise<HoldRecord[]> => {
    // By their keys, which every database finds at once.
    const ids = places.flatMap((place) => tries.map((tryNumber) => holdId(place, tryNumber)));
    return withEnds(await Holds.find({ _id: { $in: ids } }).lean<HoldDoc[]>());
  };

  const letGo = async ({ id, seq }: Pick<Hold, 'id' | 'seq'>): Promise<void> => {
    await Holds.updateOne({ _id: id }, { $set: { released: seq } }, { writeConcern: durable });
  };

  /** Why a hold could not be inserted: its outcome, or the try that comes next. */
  const whyRefused = async ({ claim, tryNumber }: Wanted): Promise<HoldInsertOutcome | Wanted> => {
    const place = placeOfClaim(claim, await inPlaces([claim]));
    if (place.is === 'known') return { code: 'stored_before', record: place.record };
    if (place.is === 'blocked') return { code: 'customer_has_another', record: place.by };
    if (place.tryNumber !== tryNumber) return { claim, tryNumber: place.tryNumber };
    const { saleId, unit } = claim;
    const [other] = await withEnds(await Holds.find({ saleId, unit, released: 0 }).lean<HoldDoc[]>());
    // Gone between refusal and look-up: its end has given the unit back.
    if (other === undefined) return { claim, tryNumber };
    if (keepsPlace(other.end)) return { code: 'unit_taken', record: other };
    // Its end is decided, and the node that decided it has not come further.
    await letGo(other.hold);
    return { claim, tryNumber };
  };

  /** Inserts what can be inserted; the rest is known afterwards, or gets another try. */
  const insertRound = async (
    wanted: readonly Wanted[],
    sale: SaleRecord,
    terms: PaymentTerms,
    heldAt: number,
    outcomes: Map<Claim, HoldInsertOutcome>,
  ): Promise<Wanted[]> => {
    const docs = wanted.map((each) => toDoc(each, sale, terms, heldAt));
    const refused = await insertUnordered(collection, docs);
    const next = await Promise.all(
      docs.map(async (doc, index): Promise<Wanted[]> => {
        const each = wanted[index] as Wanted;
        const why: HoldInsertOutcome | Wanted = refused.has(doc._id)
          ? await whyRefused(each)
          : { code: 'stored', record: { hold: toHold(doc), end: null } };
        if (!('code' in why)) return [why];
        outcomes.set(each.claim, why);
        return [];
      }),
    );
    return next.flat();
  };

  return {
    async insert(claims, sale, terms, heldAt) {
      const outcomes = new Map<Claim, HoldInsertOutcome>();
      let wanted: Wanted[] = [];
      for (const claim of claims) {
        const reason = whyNoHold(claim, sale);
        if (reason === null) wanted.push({ claim, tryNumber: 1 });
        else outcomes.set(claim, { code: 'invalid', reason });
      }
      for (let round = 0; wanted.length > 0; round++) {
        if (round >= roundsMax) throw new Error(`${wanted.length} claims of ${sale.id} find no place`);
        wanted = await insertRound(wanted, sale, terms, heldAt, outcomes);
      }
      return claims.map((claim) => outcomes.get(claim) as HoldInsertOutcome);
    },
    async byId(id) {
      const doc = await Holds.findOne({ _id: id }).lean<HoldDoc>();
      return doc === null ? null : ((await withEnds([doc]))[0] ?? null);
    },
    async ofClaim(claim) {
      const place = placeOfClaim(claim, await inPlaces([claim]));
      return place.is === 'known' ? place.record : null;
    },
    async ofClaims(claims) {
      const [first] = claims;
      if (first === undefined) return [];
      const units = claims.map(({ unit }) => unit);
      const docs = await Holds.find({ saleId: first.saleId, unit: { $in: units } }).lean<HoldDoc[]>();
      const wanted = new Set(claims.map(({ seq }) => seq));
      const records = await withEnds(docs.filter(({ seq }) => wanted.has(seq)));
      const bySeq = new Map(records.map((record) => [record.hold.seq, record]));
      return claims.map(({ seq }) => bySeq.get(seq) ?? null);
    },
    async ofCustomer(customerId, limit) {
      const docs = await Holds.find({ customerId })
        .sort({ claimedAt: -1, _id: -1 })
        .limit(limit)
        .lean<HoldDoc[]>();
      return withEnds(docs);
    },
    async inSale(saleId, customerId, perCustomer) {
      const slots = Array.from({ length: perCustomer }, (_, index) => index + 1);
      return inPlaces(slots.map((slot) => ({ saleId, customerId, slot })));
    },
    async *claimedSince(saleIds, since) {
      const claimed = Holds.find({ saleId: { $in: [...saleIds] }, claimedAt: { $gte: new Date(since) } });
      for await (const doc of claimed.lean<HoldDoc>().cursor({ batchSize: pageMax }))
        yield toHold(doc as HoldDoc);
    },
    async *ofSale(saleId) {
      let docs: HoldDoc[] = [];
      for await (const doc of Holds.find({ saleId }).lean<HoldDoc>().cursor({ batchSize: pageMax })) {
        docs.push(doc as HoldDoc);
        if (docs.length < pageMax) continue;
        yield* await withEnds(docs);
        docs = [];
      }
      yield* await withEnds(docs);
    },
    async countsOf(saleId) {
      // Ends first: each of them has a hold, so none is counted without one.
      const count = (more: Partial<HoldOutcomeDoc>) => HoldOutcome.countDocuments({ saleId, ...more });
      const [paid, expired, released, done] = await Promise.all([
        count({ outcome: 'paid' }),
        count({ outcome: 'expired' }),
        count({ outcome: 'released' }),
        count({ done: true }),
      ]);
      const made = await Holds.countDocuments({ saleId });
      return { made, paid, expired, released, done };
    },
    async openOf(saleId) {
      const open: Pick<Hold, 'id' | 'payBy'>[] = [];
      let page: HoldDoc[] = [];
      const readPage = async () => {
        const ids = page.map(({ _id }) => _id);
        const ends = await HoldOutcome.find({ _id: { $in: ids } }, { _id: 1 }).lean();
        const ended = new Set(ends.map(({ _id }) => _id));
        for (const { _id: id, payBy } of page) if (!ended.has(id)) open.push({ id, payBy: payBy.getTime() });
        page = [];
      };
      // A unit that was let go belongs to a hold that has ended.
      const kept = Holds.find({ saleId, released: 0 }, { payBy: 1 }).lean<HoldDoc>();
      for await (const doc of kept.cursor({ batchSize: pageMax }))
        if (page.push(doc as HoldDoc) >= pageMax) await readPage();
      await readPage();
      return open;
    },
    async end({ id, saleId }, { payment, at, ...end }) {
      const doc = { _id: id, saleId, ...end, at: new Date(at), ...(payment && { payment }), done: false };
      await unlessThere(new HoldOutcome(doc).save(durable));
      const first = toEnd(await HoldOutcome.findOne({ _id: id }).lean<HoldOutcomeDoc>());
      if (first === null) throw new Error(`the end of hold ${id} is gone`);
      return first;
    },
    letGo,
    async done(id) {
      await HoldOutcome.updateOne({ _id: id }, { $set: { done: true } }, { writeConcern: durable });
    },
    async unfinished(before, limit) {
      const docs = await HoldOutcome.find({ done: false, at: { $lt: new Date(before) } }, { _id: 1 })
        .sort({ at: 1 })
        .limit(limit)
        .lean();
      return docs.map(({ _id }) => _id);
    },
  };
}

function toDoc({ claim, tryNumber }: Wanted, sale: SaleRecord, terms: PaymentTerms, heldAt: number): HoldDoc {
  const { price, variant } = offerFor(sale, claim.unit);
  // A node's reading of Redis's clock may be a millisecond behind it.
  const from = Math.max(heldAt, claim.claimedAt);
  return {
    _id: holdId(claim, tryNumber),
    saleId: claim.saleId,
    customerId: claim.customerId,
    n: claim.slot,
    tryNumber,
    unit: claim.unit,
    ...(variant !== undefined && { variant }),
    ...priced(price),
    seq: claim.seq,
    released: 0,
    requestId: claim.requestId,
    claimedAt: new Date(claim.claimedAt),
    arrivedAt: claim.arrivedAt === 0 ? null : new Date(claim.arrivedAt),
    heldAt: new Date(from),
    payBy: new Date(payByOf(from, terms)),
  };
}

function toHold(doc: HoldDoc): Hold {
  return {
    id: doc._id,
    ...claimIn(doc),
    tryNumber: doc.tryNumber,
    heldAt: doc.heldAt.getTime(),
    payBy: doc.payBy.getTime(),
    letGo: doc.released !== 0,
  };
}

function toEnd(doc: HoldOutcomeDoc | null | undefined): HoldEnd | null {
  if (doc == null) return null;
  const { outcome, by, at, payment } = doc;
  return { outcome, by, at: at.getTime(), ...(payment && { payment }) };
}

/** The driver's own insert checks nothing, and a claim comes from outside. */
function whyNoHold(claim: Claim, { terms: { quantity } }: SaleRecord): string | null {
  const { slot, unit, seq, customerId, requestId, claimedAt } = claim;
  if (!Number.isSafeInteger(unit) || unit < 1) return `unit ${unit} is no unit`;
  if (unit > quantity) return `unit ${unit} is beyond the quantity of the sale`;
  if (!Number.isSafeInteger(slot) || slot < 1 || slot > perCustomerMax)
    return `n ${slot} is none of a customer's`;
  if (!Number.isSafeInteger(seq) || seq < 1) return `seq ${seq} is none`;
  if (customerId === '' || requestId === '') return `${orderId(claim)}: customer or request is missing`;
  return Number.isSafeInteger(claimedAt) ? null : 'claimedAt is no time';
}
