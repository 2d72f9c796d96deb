import type {
  Rehearsal,
  RehearsalCertificate,
  RehearsalPlan,
  RehearsalsAnswer,
} from '@flipzon/protocol/rehearsal-schemas.ts';
import { rehearsalStepsMax } from '@flipzon/protocol/rehearsal-schemas.ts';
import type { CurrentSale } from '../sale/current-sale.ts';
import type { Clock } from '../sale/ports.ts';
import { isoInstant } from '../sale/sale.ts';
import type { OperatorLog, PlanStore } from '../sale/store-ports.ts';
import { isOver } from './plan-turns.ts';

/** A rehearsal that takes longer is stopped. */
const rehearsalMsMax = 15 * 60_000;
/** None starts if a sale opens sooner than this: twice the longest rehearsal. */
export const quietMsMin = 2 * rehearsalMsMax;
/** A running one is stopped if a sale opens within this. */
const tooNearMs = 60_000;
const lookEveryMs = 1_000;
/** The node that runs a rehearsal reports with each look; without a report for this long, it counts as gone. */
const silentMsMax = 20_000;
const listed = 10;

type Stopped = NonNullable<Rehearsal['stopped']>;

/** As it is stored. `number` is its key: if several nodes start one at the same moment, one succeeds. */
export interface RehearsalRecord {
  number: number;
  by: string;
  plan: RehearsalPlan;
  startedAt: number;
  endedAt: number | null;
  /** The last report of the node that runs it. */
  beatAt: number;
  status: Rehearsal['status'];
  stopped: Stopped | null;
  steps: readonly string[];
  certificate: RehearsalCertificate | null;
  text: string | null;
}

export interface RehearsalStore {
  /** Newest first. */
  newest(count: number): Promise<RehearsalRecord[]>;
  byNumber(number: number): Promise<RehearsalRecord | null>;
  /** False: another node has started one with this number. */
  begin(record: RehearsalRecord): Promise<boolean>;
  /** Only for the node that runs it. */
  keep(record: RehearsalRecord): Promise<void>;
  /** Asks the node that runs it, which may be another one. */
  askToStop(number: number, by: string, at: number): Promise<void>;
  isAskedToStop(number: number): Promise<boolean>;
}

export interface RehearsalRun {
  /** The end, by itself or after `stop`; never rejects. */
  ended: Promise<{ certificate: RehearsalCertificate; text: string } | { failure: string }>;
  stop(): void;
}
export type PlayRehearsal = (plan: RehearsalPlan, onStep: (says: string) => void) => RehearsalRun;

type Refusal<Code extends string> = { ok: false; code: Code; message: string };
export type RehearsalOutcome =
  | { ok: true; rehearsal: Rehearsal }
  | Refusal<
      'no_rehearsals' | 'rehearsal_running' | 'sale_too_near' | 'not_found' | 'conflict' | 'unavailable'
    >;

interface Dependencies {
  /** Null: this node starts none. */
  play: PlayRehearsal | null;
  store: RehearsalStore;
  current: Pick<CurrentSale, 'view'>;
  plans: Pick<PlanStore, 'all'>;
  log: Pick<OperatorLog, 'begin' | 'done'>;
  clock: Clock;
  onError: (error: unknown) => void;
}

interface Own {
  record: RehearsalRecord;
  run: RehearsalRun;
  why: Stopped['why'] | null;
}

/**
 * Dress rehearsals that operators start from the console: one at a time over all nodes, never while a sale is on or near, and none that
 * outlives the node that runs it.
 */
export class Rehearsals implements AsyncDisposable {
  readonly #deps: Dependencies;
  #own: Own | null = null;
  #leaving = false;
  #over: Promise<void> = Promise.resolve();

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  async list(): Promise<RehearsalsAnswer> {
    const records = await this.#deps.store.newest(listed);
    return {
      available: this.#deps.play !== null,
      obstacle: await this.#obstacle(records[0]),
      rehearsals: records.map((record) => this.#shown(record)),
    };
  }

  async read(id: string): Promise<{ rehearsal: Rehearsal; record: RehearsalRecord } | null> {
    const number = numberOf(id);
    const record = number === null ? null : await this.#deps.store.byNumber(number);
    return record && { rehearsal: this.#shown(record), record };
  }

  async start(plan: RehearsalPlan, by: string): Promise<RehearsalOutcome> {
    const { play, store, clock, log } = this.#deps;
    if (play === null) {
      return {
        ok: false,
        code: 'no_rehearsals',
        message: 'This shop does not run rehearsals. Use `npm run rehearse`.',
      };
    }
    if (this.#leaving)
      return { ok: false, code: 'unavailable', message: 'This node is shutting down. Try again.' };
    const [newest] = await store.newest(1);
    const obstacle = await this.#obstacle(newest);
    if (obstacle !== null) return { ok: false, ...obstacle };
    const now = clock.now();
    const record: RehearsalRecord = {
      number: (newest?.number ?? 0) + 1,
      ...{ by, plan, startedAt: now, endedAt: null, beatAt: now, status: 'running' },
      ...{ stopped: null, steps: [], certificate: null, text: null },
    };
    if (!(await store.begin(record))) return { ok: false, ...running };
    const id = idOf(record.number);
    await log.begin({
      id: `${id}:rehearse`,
      saleId: id,
      action: 'rehearse',
      ...{ by, at: now, reason: null, order: null },
      changes: [
        { field: 'shoppers', before: null, after: plan.shoppers },
        { field: 'quantity', before: null, after: plan.quantity },
      ],
    });
    this.#over = this.#see(record, play);
    return { ok: true, rehearsal: this.#shown(record) };
  }

  async stop(id: string, by: string): Promise<RehearsalOutcome> {
    const { store, clock, log } = this.#deps;
    const found = await this.read(id);
    if (found === null)
      return { ok: false, code: 'not_found', message: 'Rehearsal not found. Check its id.' };
    if (found.rehearsal.status !== 'running') {
      return { ok: false, code: 'conflict', message: 'This rehearsal has already ended.' };
    }
    const entry = { id: `${id}:stop`, saleId: id, action: 'stop_rehearsal', by, at: clock.now() } as const;
    await log.begin({ ...entry, reason: null, order: null, changes: [] });
    await store.askToStop(found.record.number, by, clock.now());
    await log.done(entry.id);
    return { ok: true, rehearsal: found.rehearsal };
  }

  /** This node is shutting down: stops its rehearsal and starts no more. */
  leave(): void {
    this.#leaving = true;
    if (this.#own !== null) this.#breakOff(this.#own, 'node');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.leave();
    await this.#over;
  }

  /** Watches a rehearsal to its end, and stores the result. */
  async #see(record: RehearsalRecord, play: PlayRehearsal): Promise<void> {
    const { store, clock, log, onError } = this.#deps;
    const run = play(record.plan, (says) => {
      own.record = { ...own.record, steps: [...own.record.steps, says].slice(-rehearsalStepsMax) };
    });
    const own: Own = { record, run, why: null };
    this.#own = own;
    if (this.#leaving) this.#breakOff(own, 'node');
    let looking: Promise<void> | null = null;
    const timer = setInterval(() => {
      looking ??= this.#look(own)
        .catch(onError)
        .finally(() => {
          looking = null;
        });
    }, lookEveryMs);
    const end = await run.ended;
    clearInterval(timer);
    await looking;
    this.#own = null;
    const endedAt = clock.now();
    const kept: RehearsalRecord =
      'certificate' in end && own.why === null
        ? { ...own.record, ...end, endedAt, status: end.certificate.holds ? 'held' : 'broken' }
        : {
            ...own.record,
            endedAt,
            status: 'stopped',
            stopped: {
              why: own.why ?? 'fault',
              detail: own.why === null && 'failure' in end ? end.failure : null,
            },
          };
    try {
      await store.keep(kept);
      await log.done(`${idOf(record.number)}:rehearse`);
    } catch (error) {
      // Readers then see that its node has stopped reporting.
      onError(error);
    }
  }

  async #look(own: Own): Promise<void> {
    const { store, clock } = this.#deps;
    const now = clock.now();
    // First what needs no database: a sale must not wait for one that is slow.
    if (this.#saleWithin(tooNearMs, now)) return this.#breakOff(own, 'sale');
    if (now - own.record.startedAt > rehearsalMsMax) return this.#breakOff(own, 'time');
    if (await store.isAskedToStop(own.record.number)) return this.#breakOff(own, 'operator');
    // It was considered gone, and another one has been started.
    const [newest] = await store.newest(1);
    if (newest !== undefined && newest.number > own.record.number) return this.#breakOff(own, 'node');
    own.record = { ...own.record, beatAt: now };
    await store.keep(own.record);
  }

  #breakOff(own: Own, why: Stopped['why']): void {
    own.why ??= why;
    own.run.stop();
  }

  async #obstacle(newest: RehearsalRecord | undefined): Promise<RehearsalsAnswer['obstacle']> {
    const { clock, plans } = this.#deps;
    const now = clock.now();
    if (newest !== undefined && this.#shown(newest).status === 'running') return running;
    if (this.#saleWithin(quietMsMin, now)) return near;
    // What waits for its turn may be on the page within seconds.
    const next = (await plans.all()).find((plan) => !isOver(plan, now));
    return next !== undefined && next.startsAt - now < quietMsMin ? near : null;
  }

  /** A sale is on, also when it is paused or sold out just now, or opens within so many ms. */
  #saleWithin(ms: number, now: number): boolean {
    const sale = this.#deps.current.view();
    return sale !== null && sale.status !== 'ended' && Date.parse(sale.startsAt) - now < ms;
  }

  #shown(record: RehearsalRecord): Rehearsal {
    const { number, by, plan, startedAt, endedAt, steps } = record;
    const isGone = record.status === 'running' && this.#deps.clock.now() - record.beatAt > silentMsMax;
    return {
      ...{ id: idOf(number), by, plan, steps: [...steps] },
      startedAt: isoInstant(startedAt),
      endedAt: isGone ? isoInstant(record.beatAt) : endedAt === null ? null : isoInstant(endedAt),
      status: isGone ? 'stopped' : record.status,
      stopped: isGone ? { why: 'node', detail: null } : record.stopped,
    };
  }
}

const running = {
  code: 'rehearsal_running',
  message: 'Another rehearsal is running. Wait until it ends, or stop it.',
} as const;
const near = {
  code: 'sale_too_near',
  message: `A sale is live or opens within ${quietMsMin / 60_000} minutes. Try again after it.`,
} as const;

function idOf(number: number): string {
  return `rehearsal-${number}`;
}

function numberOf(id: string): number | null {
  const [, digits] = /^rehearsal-([1-9]\d{0,8})$/.exec(id) ?? [];
  return digits === undefined ? null : Number(digits);
}
