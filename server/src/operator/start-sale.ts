import type { StartBody } from '@flipzon/protocol/sale-terms.ts';
import { firstTerms, newSaleId, type SaleRecord } from '../sale/sale.ts';
import { type SalePlan, saleOfPlan } from '../sale/sale-plan.ts';
import { openingInstant } from '../sale/schedule.ts';
import { crashPoint } from '../shared/crash-point.ts';
import type { Describe } from './describe.ts';
import { readOffer } from './new-offer.ts';
import {
  hasExpectedVersion,
  isAhead,
  type OperatorRequest,
  type SaleOutcome,
  takesOverSoon,
} from './outcome.ts';
import { refusedPayment } from './payment-terms.ts';
import { movedPresale, parsePresale } from './presale.ts';
import type { ReviseDependencies, ReviseTerms } from './revise-terms.ts';
import { refusedNewWindow } from './steps.ts';

export interface StartDependencies
  extends Pick<ReviseDependencies, 'sales' | 'clock' | 'refresh' | 'onError'> {
  timeZone: string;
  /** For sales that name none. */
  currency: string;
  describe: Describe;
  /** Customers of this shop can pay. */
  takesPayments: boolean;
  /** Why no real sale may be started; null: it may. */
  whyNoRealSale(): Promise<string | null>;
  /** Why the database can take no further sale, not even a simulated one; null if it can. */
  whyFull(): Promise<string | null>;
  /** Opens the sale's keys in Redis, and builds them first if Redis has lost them. Rejects when that takes too long. */
  establish(sale: SaleRecord): Promise<void>;
  /** Writes every claim of that sale to MongoDB; false when that takes too long. */
  drain(sale: SaleRecord): Promise<boolean>;
}

export interface StartSale {
  start(body: StartBody, request: OperatorRequest): Promise<SaleOutcome>;
  /** A plan becomes a sale under its own id, only once. */
  startPlan(plan: SalePlan, request: OperatorRequest): Promise<SaleOutcome>;
}

/** Ends the current sale, writes its last orders, and puts a new sale on the page. */
export function createStartSale(
  deps: StartDependencies,
  { revise, changedSince, shown, done }: ReviseTerms,
): StartSale {
  const { sales, clock } = deps;

  /** The old sale stops for good before the new one exists, and every claim of it that was acknowledged reaches MongoDB. */
  const endFor = async (previous: SaleRecord, request: OperatorRequest): Promise<SaleOutcome> => {
    const ended = await revise(previous.id, 'replace', request, (terms, at) => ({
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

  /** Whatever the new sale's times are. */
  const refusal = async (
    simulated: boolean,
    terms: Parameters<typeof refusedPayment>[0],
  ): Promise<SaleOutcome | null> => {
    const unpaid = refusedPayment(terms, deps.takesPayments);
    if (unpaid !== null) return { ok: false, ...unpaid };
    const full = await deps.whyFull();
    if (full !== null) return { ok: false, code: 'database_full', message: full };
    const why = simulated ? null : await deps.whyNoRealSale();
    return why === null ? null : { ok: false, code: 'redis_unsafe', message: why };
  };

  const refusalBy = async (
    previous: SaleRecord | null,
    { expectedVersion }: OperatorRequest,
  ): Promise<SaleOutcome | null> => {
    if (expectedVersion === null) return null;
    if (previous === null) return noVersion;
    return hasExpectedVersion(previous, expectedVersion) ? null : changedSince(previous, expectedVersion);
  };

  const publish = async (
    wanted: Omit<SaleRecord, 'createdAt'>,
    request: OperatorRequest,
    { isPlan }: { isPlan: boolean },
  ): Promise<SaleOutcome> => {
    const now = clock.now();
    const wrong = refusedNewWindow(wanted.terms, now);
    if (wrong !== null) return { ok: false, ...wrong };
    const previous = await sales.current();
    if (isAhead(await sales.successor(), now)) return takesOverSoon;
    // After the current sale was read: a plan that became a sale before that one is found here.
    if (isPlan && (await sales.byId(wanted.id)) !== null) return startedBefore;
    const otherVersion = await refusalBy(previous, request);
    if (otherVersion !== null) return otherVersion;
    if (previous !== null) {
      const replaced = await endFor(previous, request);
      if (!replaced.ok) return replaced;
      crashPoint('start.afterEnd');
    }
    // The newest sale is the one on the page, also where Redis's clock has stepped back since the sale before it.
    const sale = { ...wanted, createdAt: Math.max(clock.now(), (previous?.createdAt ?? 0) + 1) };
    const made = await sales.create(sale, request.by, previous?.id ?? null);
    if (made === 'dropped') return droppedMeanwhile;
    if (made === 'exists') {
      await deps.refresh();
      return startedMeanwhile;
    }
    crashPoint('start.afterCreate');
    // The sale is on the page from here on. If Redis does not answer now, every node goes on trying to open it.
    await deps.establish(sale).catch(deps.onError);
    // The operator has to know that it exists: starting it again would end it.
    return await done(shown(), startedOnly);
  };

  return {
    async start(body, request) {
      const offered = await readOffer(deps, body);
      if (!offered.ok) return offered;
      const refused = await refusal(body.simulated, offered);
      if (refused !== null) return refused;
      const startsAt = openingInstant(body.startsAt, clock.now(), deps.timeZone);
      const endsAt = body.endsAt == null ? null : Date.parse(body.endsAt);
      const presale = parsePresale(body.presale, startsAt);
      if (presale !== undefined && 'code' in presale) return { ok: false, ...presale };
      const { product, details, quantity, variants, payment } = offered;
      const { perCustomer, simulated } = body;
      const sale = {
        ...{ id: newSaleId(startsAt), product, perCustomer, simulated },
        terms: firstTerms({ quantity, startsAt, endsAt, details, variants, presale, payment }),
      };
      return publish(sale, request, { isPlan: false });
    },
    async startPlan(plan, request) {
      const refused = await refusal(plan.simulated, plan);
      if (refused !== null) return refused;
      // One whose time came while it waited opens when it is put on the page, and not before.
      const startsAt = Math.max(plan.startsAt, clock.now());
      // Also a presale that was to be over by now: it has not begun.
      const presale = movedPresale(plan, startsAt, plan.startsAt);
      return publish(saleOfPlan({ ...plan, startsAt, ...(presale && { presale }) }), request, {
        isPlan: true,
      });
    },
  };
}

const noVersion = {
  ok: false,
  code: 'conflict',
  message: 'There is no sale, so it cannot have this version. Leave out If-Match.',
} as const;

const startedMeanwhile = {
  ok: false,
  code: 'conflict',
  message: 'Another sale was started at the same time and is now current. Check it and try again.',
} as const;

const droppedMeanwhile = {
  ok: false,
  code: 'not_found',
  message: 'This planned sale was deleted at the same time. The sale before it has ended.',
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
