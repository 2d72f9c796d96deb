import type { EpochKeys, Outbox } from '../sale/ledger-ports.ts';
import type { Audit, Clock } from '../sale/ports.ts';
import { type SaleRecord, saleStatus } from '../sale/sale.ts';
import type { HoldStore, SaleStore } from '../sale/store-ports.ts';
import { crashPoint } from '../shared/crash-point.ts';
import { buildSeal } from './build-seal.ts';
import type { Seal, SealStore } from './seal.ts';
import { sealStatement, statementDigest } from './statement.ts';

/** Nodes know Redis's clock to about a millisecond; this long after its end a sale has no further claims by any of them. */
const endedForMs = 1_000;

export type SealOutcome =
  | { code: 'sealed'; seal: Seal }
  /** The newest seal is up to date. */
  | { code: 'sealed_already' }
  /** The sale goes on, or not all of its orders are in MongoDB. */
  | { code: 'not_over' }
  /** Something happened meanwhile, here or on another node: try again. */
  | { code: 'changed' }
  /** The audit found these invariants broken, so nothing is sealed. */
  | { code: 'unsound'; failed: string[] };

interface Dependencies {
  sales: SaleStore;
  seals: SealStore;
  holds: Pick<HoldStore, 'countsOf'>;
  outbox: Pick<Outbox, 'depth'>;
  keys: Pick<EpochKeys, 'inspect'>;
  audit: Audit;
  clock: Clock;
  /** Writes the claims that are left in that sale's outboxes. The writers work for the current sale only. */
  drain: (sale: SaleRecord) => Promise<unknown>;
}

/**
 * Seals a sale that is over, or makes a further version if it has changed since. Safe to repeat, at once, from several nodes.
 * `recheck`: reads the claims even if Redis's keys have not changed since the newest seal, because they do not show every change.
 */
export type SealSale = (saleId: string, recheck: boolean) => Promise<SealOutcome>;

export function createSealSale(deps: Dependencies): SealSale {
  const { sales, seals, holds, outbox, keys, audit, clock, drain } = deps;
  /** Changes with whatever changes a claim; null while the sale is not over. */
  const stateOf = async (saleId: string): Promise<string | null> => {
    const [sale, newest, epoch] = [
      await sales.byId(saleId),
      await sales.current(),
      await sales.epoch(saleId),
    ];
    if (sale === null) return null;
    const at = { saleId, epoch };
    const { waiting, deadLetters } = await outbox.depth(at);
    if (waiting + deadLetters > 0) return null;
    const { stock, open } = await keys.inspect(at);
    // While the current sale is being recovered, its claims are not known; earlier sales are no longer recovered.
    if (newest?.id === saleId && (stock === null || !open)) return null;
    const { terms } = sale;
    const status = saleStatus(terms, stock?.remaining ?? terms.quantity, clock.now() - endedForMs);
    if (status !== 'sold_out' && status !== 'ended') return null;
    if (terms.payment !== undefined) {
      const { made, done } = await holds.countsOf(saleId);
      // Units that are not paid yet may come back, and an end that is not carried out has no order yet.
      if (done < made) return null;
    }
    return [epoch, terms.revision, stock?.seq ?? 'gone'].join(':');
  };

  return async (saleId, recheck) => {
    const sale = await sales.byId(saleId);
    if (sale !== null && (await sales.current())?.id !== saleId) await drain(sale);
    const before = await stateOf(saleId);
    if (before === null || sale === null) return { code: 'not_over' };
    const newest = await seals.newest(saleId);
    if (!recheck && newest?.state === before) return { code: 'sealed_already' };
    const content = await buildSeal(sale, seals, (chunk) => seals.addChunk(chunk));
    crashPoint('seal.afterChunks');
    const same = newest !== null && newest.root === content.root && newest.quantity === content.quantity;
    const audited = same ? null : await audit(saleId);
    const checks = audited?.checks ?? [];
    if ((await stateOf(saleId)) !== before) return { code: 'changed' };
    if (same) return { code: 'sealed_already' };
    // Waits if an invariant can only be checked a little later.
    if (audited === null || audited.notChecked?.some(({ why }) => why === 'not_yet'))
      return { code: 'changed' };
    const failed = checks.filter(({ holds }) => !holds).map(({ invariant }) => invariant);
    if (failed.length > 0) return { code: 'unsound', failed };
    const stated = {
      ...content,
      windows: await sales.windows(saleId),
      version: (newest?.version ?? 0) + 1,
    };
    const seal: Seal = {
      ...stated,
      digest: statementDigest(sealStatement(stated)),
      state: before,
      invariants: checks.length,
      sealedAt: clock.now(),
    };
    return (await seals.insert(seal)) === 'inserted' ? { code: 'sealed', seal } : { code: 'changed' };
  };
}
