import type { SealLeaf } from '@flipzon/protocol/seal-schemas.ts';
import type { HoldRecord } from '../sale/hold.ts';
import { type Claim, orderId, type StoredOrder } from '../sale/order.ts';
import { isoInstant } from '../sale/sale.ts';
import { type Finding, find } from './audit-check.ts';
import { chunkRoot } from './build-seal.ts';
import { treeRoot } from './merkle.ts';
import { pseudonym, type Seal, type SealStore } from './seal.ts';
import { sealStatement, statementDigest } from './statement.ts';

/**
 * Compares the newest seal of a sale with the stores: the published leaves must lead to the root, and the orders of that time must be
 * as sealed, or cancelled since.
 */
export async function sealFindings(
  seals: Pick<SealStore, 'key' | 'chunk'>,
  seal: Seal,
  stored: readonly StoredOrder[],
  records: readonly HoldRecord[] = [],
): Promise<Finding[]> {
  const key = await seals.key(seal.saleId);
  const nameOf = ({ seq, customerId }: Claim) => `${seq} ${pseudonym(key, customerId)}`;
  const orders = new Map(stored.map((order) => [nameOf(order), order]));
  const holds = new Map(records.map((record) => [nameOf(record.hold), record]));
  const sealed = new Set<string>();
  const damaged: unknown[] = [];
  const differing: unknown[] = [];
  const sealedHolds = new Set<string>();
  const differingHolds: unknown[] = [];
  for (const [index, { root }] of seal.chunks.entries()) {
    const chunk = await seals.chunk(seal.saleId, index, root);
    if (chunk === null || chunkRoot(chunk.leaves).toString('hex') !== root)
      damaged.push({ chunk: index, root });
    for (const text of chunk?.leaves ?? []) {
      const leaf: SealLeaf = JSON.parse(text);
      const name = `${leaf.seq} ${leaf.customer}`;
      const order = orders.get(name);
      if (leaf.status === 'revoked') continue;
      if (leaf.hold !== undefined) {
        const record = holds.get(name);
        if (record !== undefined && isHeldAsSealed(record, leaf)) sealedHolds.add(record.hold.id);
        else differingHolds.push({ sealed: leaf, hold: record ?? null });
        if (leaf.hold.outcome !== 'paid') continue;
      }
      if (order === undefined || !isAsSealed(order, leaf))
        differing.push({ sealed: leaf, order: order ?? null });
      else sealed.add(orderId(order));
    }
  }
  const roots = seal.chunks.map(({ root }) => Buffer.from(root, 'hex'));
  if (treeRoot(roots).toString('hex') !== seal.root) damaged.push({ root: seal.root });
  // Later orders, after a cancellation or a restock, belong to the next version.
  const missing = stored.filter((order) => order.confirmedAt < seal.sealedAt && !sealed.has(orderId(order)));
  return [
    find(
      'the published leaves lead to the sealed root',
      damaged,
      `version ${seal.version}, root ${seal.root}`,
    ),
    find('every sealed order is in MongoDB as it was sealed', differing, `${seal.size} leaves`),
    find('every order of the time is in the seal', missing),
    ...(seal.payment === undefined
      ? []
      : [
          find('every sealed hold is in MongoDB as it was sealed', differingHolds),
          find(
            'every hold of the time is in the seal',
            records.filter(
              ({ hold, end }) => end !== null && end.at < seal.sealedAt && !sealedHolds.has(hold.id),
            ),
          ),
        ]),
    ...(seal.digest === undefined ? [] : [digestFinding(seal, seal.digest)]),
  ];
}

function digestFinding(seal: Seal, digest: string): Finding {
  const computed = statementDigest(sealStatement(seal));
  return find(
    'what is published beside the leaves leads to the digest',
    computed === digest ? [] : [{ digest, computed }],
    `digest ${digest}`,
  );
}

function isHeldAsSealed({ hold, end }: HoldRecord, { unit, n, hold: sealed }: SealLeaf): boolean {
  return (
    hold.unit === unit &&
    hold.slot === n &&
    hold.tryNumber === sealed?.try &&
    isoInstant(hold.heldAt) === sealed.heldAt &&
    isoInstant(hold.payBy) === sealed.payBy &&
    end?.outcome === sealed.outcome &&
    isoInstant(end.at) === sealed.endedAt
  );
}

function isAsSealed(order: StoredOrder, leaf: SealLeaf): boolean {
  return (
    order.unit === leaf.unit &&
    order.slot === leaf.n &&
    order.claimedAt === Date.parse(leaf.claimedAt) &&
    (leaf.priceMinor === undefined ||
      (order.price.minor === leaf.priceMinor && order.price.currency === leaf.currency)) &&
    order.arrivedAt === (leaf.arrivedAt === null ? 0 : Date.parse(leaf.arrivedAt)) &&
    (order.status === leaf.status || order.status === 'cancelled')
  );
}
