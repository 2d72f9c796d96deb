import type { OperatorAction, OperatorActionName } from '@flipzon/protocol/operator.ts';
import type { StartBody } from '@flipzon/protocol/schemas.ts';
import type { ClaimLedger } from '../sale/ledger-ports.ts';
import type { Clock, SaleAnnouncer } from '../sale/ports.ts';
import type { SaleRecord, SaleTerms } from '../sale/sale.ts';
import { newSaleId } from '../sale/sale.ts';
import { openingInstant } from '../sale/schedule.ts';
import type { OperatorLog, SaleStore, Successor } from '../sale/store-ports.ts';
import { crashPoint } from '../shared/crash-point.ts';
import { refusedMove, refusedNewWindow, refusedStep } from './steps.ts';

/** Two operators who press at once: the second one reads again and goes on, this many times. */
const attemptsMax = 5;

/** Of what others have done meanwhile, a refused operator is told so many actions. */
const changedMax = 20;

export type OperatorRefusal = {
  code: 'not_found' | 'conflict' | 'invalid_request' | 'redis_unsafe' | 'database_full' | 'unavailable';
  message: string;
  /** For a conflict: what has changed the sale since the version that the operator knew. */
  changed?: OperatorAction[];
};
export type SaleOutcome = { ok: true } | ({ ok: false } & OperatorRefusal);

/** Whoever asks, and which version of the sale they have seen; null: they want it whatever the version. */
export interface Asking {
  by: string;
  seen: SeenVersion | null;
}
export interface SeenVersion {
  saleId?: string | undefined;
  version: number;
}

export interface Operate {
  /** `id`: of the plan that it was; a sale of that id is made only once. */
  start(body: StartBody, asking: Asking, id?: string): Promise<SaleOutcome>;
  pause(saleId: string, reason: string | undefined, asking: Asking): Promise<SaleOutcome>;
  resume(saleId: string, asking: Asking): Promise<SaleOutcome>;
  end(saleId: string, reason: string | undefined, asking: Asking): Promise<SaleOutcome>;
  restock(saleId: string, units: number, asking: Asking): Promise<SaleOutcome>;
  reschedule(saleId: string, times: RescheduleTimes, asking: Asking): Promise<SaleOutcome>;
}

export interface RescheduleTimes {
  startsAt?: string | undefined;
  endsAt?: string | null | undefined;
}

interface Dependencies {
  sales: SaleStore;
  ledger: ClaimLedger;
  log: Pick<OperatorLog, 'termsSince'>;
  clock: Clock;
  announcer: SaleAnnouncer;
  timeZone: string;
  quantityMax: number;
  /** Why no real sale may be started; null: it may. */
  whyNoRealSale(): Promise<string | null>;
  /** Why the database can take no further sale, also none that is simulated; null where it can. */
  whyFull(): Promise<string | null>;
  /** Reads the current sale again on this node. */
  refresh(): Promise<void>;
  /** Opens the sale's keys in Redis, and builds them first where Redis has lost them. Rejects when that takes too long. */
  establish(sale: SaleRecord): Promise<void>;
  /** Writes every claim of that sale to MongoDB; false when that takes too long. */
  drain(sale: SaleRecord): Promise<boolean>;
  onError(error: unknown): void;
}

/** What an operator can do. The sale's history in MongoDB leads; Redis follows, and follows again when it has lost something. */
export function createOperate(deps: Dependencies): Operate {
  const { sales, ledger, clock } = deps;

  const shown = async (): Promise<void> => {
    await deps.refresh();
    await deps.announcer.announce();
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

  const revise = async (
    saleId: string,
    action: OperatorActionName,
    { by, seen }: Asking,
    change: (terms: SaleTerms, now: number) => SaleTerms | OperatorRefusal,
  ): Promise<SaleOutcome> => {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const sale = await sales.current();
      if (sale?.id !== saleId) return await notCurrent(saleId);
      if (seen !== null && !isAsSeen(sale, seen)) return await changedSince(sale, seen);
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
  };

  /** A revision that the table of steps allows at this moment. */
  const step = (
    saleId: string,
    action: 'pause' | 'resume' | 'end' | 'restock',
    asking: Asking,
    change: (terms: SaleTerms, now: number) => SaleTerms | OperatorRefusal,
  ) =>
    revise(saleId, action, asking, (terms, now) => refusedStep(terms, [action], now) ?? change(terms, now));

  const changedSince = async (sale: SaleRecord, seen: SeenVersion): Promise<SaleOutcome> => {
    // Whoever is told that the sale has changed is shown the sale as it is.
    await deps.refresh();
    return {
      ok: false,
      code: 'conflict',
      message: 'Another operator has changed the sale. Check it and try again.',
      changed: await deps.log.termsSince(
        sale.id,
        (seen.saleId ?? sale.id) === sale.id ? seen.version : 0,
        changedMax,
      ),
    };
  };

  /** The old sale stops for good before the new one exists, and every claim of it that was acknowledged reaches MongoDB. */
  const endFor = async (previous: SaleRecord, asking: Asking): Promise<SaleOutcome> => {
    const ended = await revise(previous.id, 'replace', asking, (terms, at) => ({
      ...terms,
      endsAt: Math.min(terms.endsAt ?? at, at),
      reason: 'replaced by a newer sale',
    }));
    if (!ended.ok) return ended;
    // Where Redis has lost this sale, its recovery comes first: nodes and customers bring back the claims that Redis has forgotten, which
    // they can't once another sale has taken its place.
    try {
      await deps.establish(previous);
      return (await deps.drain(previous)) ? { ok: true } : notReplacedYet;
    } catch (error) {
      deps.onError(error);
      return notReplacedYet;
    }
  };

  const notCurrent = async (saleId: string): Promise<SaleOutcome> =>
    (await sales.byId(saleId)) === null
      ? { ok: false, code: 'not_found', message: 'Sale not found. Check its id.' }
      : { ok: false, code: 'conflict', message: 'A newer sale has replaced this one. See GET /status.' };

  return {
    async start(body, asking, id) {
      const full = await deps.whyFull();
      if (full !== null) return { ok: false, code: 'database_full', message: full };
      const why = body.simulated ? null : await deps.whyNoRealSale();
      if (why !== null) return { ok: false, code: 'redis_unsafe', message: why };
      const now = clock.now();
      const startsAt = openingInstant(body.startsAt, now, deps.timeZone);
      const endsAt = body.endsAt == null ? null : Date.parse(body.endsAt);
      const wrong = refusedNewWindow({ startsAt, endsAt }, now);
      if (wrong !== null) return { ok: false, ...wrong };
      const previous = await sales.current();
      if (isAhead(await sales.successor(), now)) return takesOverSoon;
      // After the current sale was read: a plan that became a sale before that one is found here.
      if (id !== undefined && (await sales.byId(id)) !== null) return startedBefore;
      if (asking.seen !== null && (previous === null || !isAsSeen(previous, asking.seen))) {
        return previous === null
          ? {
              ok: false,
              code: 'conflict',
              message: 'There is no sale, so it cannot have this version. Leave out If-Match.',
            }
          : await changedSince(previous, asking.seen);
      }
      if (previous !== null) {
        const replaced = await endFor(previous, asking);
        if (!replaced.ok) return replaced;
        crashPoint('start.afterEnd');
      }
      const sale: SaleRecord = {
        id: id ?? newSaleId(startsAt),
        product: { name: body.name, price: body.price },
        perCustomer: body.perCustomer,
        simulated: body.simulated,
        // The newest sale is the one on the page, also where Redis's clock has stepped back since the sale before it.
        createdAt: Math.max(clock.now(), (previous?.createdAt ?? 0) + 1),
        terms: { revision: 1, quantity: body.quantity, startsAt, endsAt, paused: false, reason: null },
      };
      if ((await sales.create(sale, asking.by, previous?.id ?? null)) === 'exists') {
        await deps.refresh();
        return startedMeanwhile;
      }
      crashPoint('start.afterCreate');
      // The sale is on the page from here on. If Redis does not answer now, every node goes on trying to open it.
      await deps.establish(sale).catch(deps.onError);
      // The operator hears that it exists: to start it once more would end it.
      return await done(shown(), startedOnly);
    },
    pause: (saleId, reason, asking) =>
      step(saleId, 'pause', asking, (terms) => ({ ...terms, paused: true, reason: reason ?? null })),
    resume: (saleId, asking) =>
      step(saleId, 'resume', asking, (terms) => ({ ...terms, paused: false, reason: null })),
    end: (saleId, reason, asking) =>
      step(saleId, 'end', asking, (terms, now) => ({
        ...terms,
        endsAt: Math.min(terms.endsAt ?? now, now),
        reason: reason ?? null,
      })),
    restock: (saleId, units, asking) =>
      step(saleId, 'restock', asking, (terms) =>
        terms.quantity + units > deps.quantityMax
          ? {
              code: 'invalid_request',
              message: `A sale has at most ${deps.quantityMax} units. Choose a smaller number.`,
            }
          : { ...terms, quantity: terms.quantity + units },
      ),
    async reschedule(saleId, times, asking) {
      const successor = await sales.successor();
      return revise(saleId, 'reschedule', asking, (terms, now) => {
        const moved = [
          ...(times.startsAt === undefined ? [] : ['opening' as const]),
          ...(times.endsAt === undefined ? [] : ['ending' as const]),
        ];
        const refused = refusedStep(terms, moved, now);
        if (refused !== null) return refused;
        if (isAhead(successor, now)) return takesOverSoon;
        const startsAt =
          times.startsAt === undefined ? terms.startsAt : openingInstant(times.startsAt, now, deps.timeZone);
        const endsAt =
          times.endsAt === undefined ? terms.endsAt : times.endsAt === null ? null : Date.parse(times.endsAt);
        return refusedMove(terms, { startsAt, endsAt }, now) ?? { ...terms, startsAt, endsAt };
      });
    },
  };
}

/** It takes the page as arranged: from then on it can be steered, and replaced. */
function isAhead(successor: Successor | null, nowMs: number): boolean {
  return successor !== null && successor.takesOverAt > nowMs;
}

function isAsSeen(sale: SaleRecord, seen: SeenVersion): boolean {
  return sale.terms.revision === seen.version && (seen.saleId ?? sale.id) === sale.id;
}

const startedMeanwhile = {
  ok: false,
  code: 'conflict',
  message: 'Another sale was started at the same time and is now current. Check it and try again.',
} as const;

const takesOverSoon = {
  ok: false,
  code: 'conflict',
  message: 'A planned sale is about to be published. Try again in a few seconds.',
} as const;

const startedBefore = {
  ok: false,
  code: 'conflict',
  message: 'This planned sale is already published. See GET /status.',
} as const;

const notReplacedYet = {
  ok: false,
  code: 'unavailable',
  message: 'The last orders of the ended sale are still being saved. Try again in a moment.',
} as const;

/** It is in MongoDB, and each node shows it as soon as it can read it. */
const startedOnly = {
  ok: false,
  code: 'unavailable',
  message: 'The sale is created but not yet visible on all nodes. Check the sale before you try again.',
} as const;

/** The revision is in MongoDB, but Redis may go on selling by the one before it until it answers again. */
const recordedOnly = {
  ok: false,
  code: 'unavailable',
  message: 'The change is saved but not yet active. Check the sale before you try again.',
} as const;
