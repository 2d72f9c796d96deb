import type { OperatorActionName } from '@flipzon/protocol/operator.ts';
import type { ClaimLedger } from '../sale/ledger-ports.ts';
import type { Announcer, Clock } from '../sale/ports.ts';
import type { SaleRecord, SaleTerms } from '../sale/sale.ts';
import type { OperatorLog, SaleStore } from '../sale/store-ports.ts';
import { crashPoint } from '../shared/crash-point.ts';
import {
  type ExpectedVersion,
  hasExpectedVersion,
  type OperatorRefusal,
  type OperatorRequest,
  type SaleOutcome,
} from './outcome.ts';

/** Two operators who press at once: the second one reads again and goes on, this many times. */
const attemptsMax = 5;

/** How many actions of other operators a refused operator is shown. */
const changedMax = 20;

export interface ReviseDependencies {
  sales: SaleStore;
  ledger: ClaimLedger;
  log: Pick<OperatorLog, 'termsSince'>;
  clock: Clock;
  announcer: Announcer;
  /** Reads the current sale again on this node. */
  refresh(): Promise<void>;
  onError(error: unknown): void;
}

export type ReviseTerms = ReturnType<typeof createReviseTerms>;

/** Writes the next revision of the current sale's terms, puts it in force and shows it on all nodes. */
export function createReviseTerms(deps: ReviseDependencies) {
  const { sales, ledger, clock } = deps;

  const shown = async (): Promise<void> => {
    await deps.refresh();
    await deps.announcer.announce('sale');
  };

  const done = (work: Promise<void>, otherwise: SaleOutcome): Promise<SaleOutcome> =>
    work.then(
      () => ({ ok: true }),
      (error: unknown) => {
        deps.onError(error);
        return otherwise;
      },
    );

  const inForce = async (sale: SaleRecord, terms: SaleTerms): Promise<void> => {
    // The epoch is read after the revision was written. A recovery that has not opened this epoch yet answers `closed`, sells nothing, and
    // reads the newest revision before it opens: in both cases the revision is in force once this resolves.
    const epoch = await sales.epoch(sale.id);
    if (epoch > 0) await ledger.configure({ saleId: sale.id, epoch }, terms);
  };

  const changedSince = async (sale: SaleRecord, expected: ExpectedVersion): Promise<SaleOutcome> => {
    // The operator who hears that the sale has changed also sees its newest version.
    await deps.refresh();
    return {
      ok: false,
      code: 'conflict',
      message: 'Another operator has changed the sale. Check it and try again.',
      changed: await deps.log.termsSince(
        sale.id,
        (expected.saleId ?? sale.id) === sale.id ? expected.version : 0,
        changedMax,
      ),
    };
  };

  const notCurrent = async (saleId: string): Promise<SaleOutcome> =>
    (await sales.byId(saleId)) === null
      ? { ok: false, code: 'not_found', message: 'Sale not found. Check its id.' }
      : { ok: false, code: 'conflict', message: 'A newer sale has replaced this one. See GET /status.' };

  return {
    /** Resolves as `done` does, once all nodes have heard. */
    shown,
    /** `otherwise` when the work fails. */
    done,
    changedSince,
    revise: async (
      saleId: string,
      action: OperatorActionName,
      { by, expectedVersion }: OperatorRequest,
      change: (terms: SaleTerms, now: number) => SaleTerms | OperatorRefusal,
    ): Promise<SaleOutcome> => {
      for (let attempt = 0; attempt < attemptsMax; attempt++) {
        const sale = await sales.current();
        if (sale?.id !== saleId) return await notCurrent(saleId);
        if (expectedVersion !== null && !hasExpectedVersion(sale, expectedVersion))
          return await changedSince(sale, expectedVersion);
        const now = clock.now();
        const changed = change(sale.terms, now);
        if ('code' in changed) return { ok: false, ...changed };
        const terms = { ...changed, revision: sale.terms.revision + 1 };
        // Of two who were at the same version one succeeds here, on any server: the revision's number is its primary key.
        if ((await sales.revise(saleId, terms, { action, by, at: now })) === 'conflict') continue;
        crashPoint('operate.afterRevise');
        return await done(inForce(sale, terms).then(shown), recordedOnly);
      }
      return {
        ok: false,
        code: 'conflict',
        message: 'Other operators are changing this sale at the same time. Try again.',
      };
    },
  };
}

/** The revision is in MongoDB, but Redis may go on selling by the one before it until it answers again. */
const recordedOnly = {
  ok: false,
  code: 'unavailable',
  message: 'The change is saved but not yet active. Check the sale before you try again.',
} as const;
