import type { SaleRecord } from '../sale/sale.ts';
import { leafHash, treeRoot } from './merkle.ts';
import { leafText, leavesPerChunk, type Seal, type SealChunk, type SealStore } from './seal.ts';
import { FiguresInOrder } from './seal-figures.ts';

type Content = Omit<Seal, 'version' | 'windows' | 'digest' | 'state' | 'invariants' | 'sealedAt'>;

/**
 * Reads the claims of a sale in their order, chunk by chunk, so that memory does not grow with the sale. `onChunk` gets
 * each chunk once it is full; the claims themselves are not kept.
 */
export async function buildSeal(
  { id, perCustomer, terms }: SaleRecord,
  seals: Pick<SealStore, 'key' | 'claimsInOrder'>,
  onChunk: (chunk: SealChunk) => Promise<void>,
): Promise<Content> {
  const key = await seals.key(id);
  const { variants, payment } = terms;
  const figures = new FiguresInOrder(variants, payment !== undefined);
  const chunks: Seal['chunks'][number][] = [];
  let leaves: string[] = [];
  let firstSeq = 0;
  let size = 0;
  const close = async () => {
    const root = chunkRoot(leaves).toString('hex');
    await onChunk({ saleId: id, index: chunks.length, root, leaves });
    chunks.push({ root, firstSeq });
    leaves = [];
  };
  for await (const claim of seals.claimsInOrder(id, payment !== undefined)) {
    if (leaves.length === 0) firstSeq = claim.seq;
    figures.take(claim);
    leaves.push(leafText(claim, size, key));
    size += 1;
    if (leaves.length === leavesPerChunk) await close();
  }
  if (leaves.length > 0) await close();
  const root = treeRoot(chunks.map((chunk) => Buffer.from(chunk.root, 'hex'))).toString('hex');
  return {
    saleId: id,
    root,
    size,
    chunks,
    quantity: terms.quantity,
    ...(variants && { variants: variants.map(({ sku, price, ranges }) => ({ sku, price, ranges })) }),
    perCustomer,
    ...(payment && { payment: { holdSeconds: payment.holdSeconds, holdsMax: payment.holdsMax } }),
    figures: figures.figures,
  };
}

export function chunkRoot(leaves: readonly string[]): Buffer {
  return treeRoot(leaves.map(leafHash));
}
